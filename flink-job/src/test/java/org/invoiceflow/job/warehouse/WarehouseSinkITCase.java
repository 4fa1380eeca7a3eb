package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.serialization.InvoiceLineCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarehouseSinkITCase {

  private static final Duration NEVER = Duration.ofDays(1);

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(8)
              .build());

  @TempDir Path staging;

  private WarehouseDatabase database;

  @BeforeEach
  void emptyDatabase() throws Exception {
    database = WarehouseDatabase.create();
  }

  private WarehouseSink sink(Duration loadInterval) {
    WarehouseSettings settings = database.settings(staging).withLoadInterval(loadInterval);
    return sink(settings, List.of(Duration.ZERO));
  }

  private static WarehouseSink sink(WarehouseSettings settings, List<Duration> pauses) {
    return new WarehouseSink(
        settings, new FaultyConnections(WarehouseConnections.of(settings)), pauses);
  }

  private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
    return environment(mode, new Configuration());
  }

  private static StreamExecutionEnvironment environment(
      RuntimeExecutionMode mode, Configuration configuration) {
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setRuntimeMode(mode);
    environment.getConfig().disableGenericTypes();
    environment.setParallelism(2);
    return environment;
  }

  /** Lines of the numbers from (inclusive) to (exclusive) into the sink. */
  private static void load(
      StreamExecutionEnvironment environment, WarehouseSink sink, long from, long to) {
    environment
        .fromSequence(from, to - 1)
        .map(Lines::line)
        .returns(CodecTypeInfo.using(InvoiceLineCodec.class))
        .sinkTo(sink)
        .name("warehouse")
        .uid("warehouse");
  }

  /** Portions of 100 lines, a checkpoint after each. */
  private StreamExecutionEnvironment paced(
      StreamExecutionEnvironment environment, Duration loadInterval, int portions) {
    environment
        .addSource(new CheckpointPacedLines(100, portions))
        .returns(CodecTypeInfo.using(InvoiceLineCodec.class))
        .uid("lines")
        .rebalance()
        .sinkTo(sink(loadInterval))
        .name("warehouse")
        .uid("warehouse");
    return environment;
  }

  private void assertEachLineOnce(long lines) throws Exception {
    assertThat(database.keys()).isEqualTo(lines);
    assertThat(database.lines()).isEqualTo(lines);
    assertThat(database.sum("inserted")).isEqualTo(lines);
    assertThat(database.sum("differing")).isZero();
  }

  private void assertNothingIsStaged() throws Exception {
    try (Stream<Path> files = Files.walk(staging)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RuntimeExecutionMode.class,
      names = {"STREAMING", "BATCH"})
  void a_bounded_run_shorter_than_one_checkpoint_is_one_load_at_its_end(RuntimeExecutionMode mode)
      throws Exception {
    StreamExecutionEnvironment environment = environment(mode);
    environment.enableCheckpointing(Duration.ofHours(1).toMillis());
    load(environment, sink(NEVER), 0, 5_000);
    environment.execute();
    assertEachLineOnce(5_000);
    assertThat(database.loads()).isEqualTo(1);
    assertThat(database.storedLines()).containsExactlyElementsOf(Lines.range(0, 5_000));
    assertNothingIsStaged();
  }

  @Test
  void a_bounded_run_without_checkpoints_is_loaded_at_its_end() throws Exception {
    StreamExecutionEnvironment environment = environment(RuntimeExecutionMode.STREAMING);
    load(environment, sink(NEVER), 0, 1_000);
    environment.execute();
    assertEachLineOnce(1_000);
    assertThat(database.loads()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = RuntimeExecutionMode.class,
      names = {"STREAMING", "BATCH"})
  void the_same_lines_in_a_second_run_change_nothing(RuntimeExecutionMode mode) throws Exception {
    for (int run = 0; run < 2; run++) {
      StreamExecutionEnvironment environment = environment(mode);
      load(environment, sink(NEVER), 0, 1_000);
      environment.execute();
    }
    assertEachLineOnce(1_000);
    assertThat(database.sum("repeated")).isEqualTo(1_000);
  }

  @ParameterizedTest
  @EnumSource(
      value = RuntimeExecutionMode.class,
      names = {"STREAMING", "BATCH"})
  void a_crash_after_the_commit_and_before_flink_knows_loads_once(RuntimeExecutionMode mode)
      throws Exception {
    FaultyConnections.next(FaultyConnections.Fault.CRASH_AFTER_COMMIT);
    StreamExecutionEnvironment environment = environment(mode);
    environment.enableCheckpointing(50);
    load(environment, sink(Duration.ZERO), 0, 2_000);
    environment.execute();
    assertThat(FaultyConnections.happened()).isTrue();
    assertEachLineOnce(2_000);
    assertThat(database.sum("repeated")).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyConnections.Fault.class,
      names = {"LOST_BEFORE_COMMIT", "LOST_AFTER_COMMIT"})
  void a_connection_lost_at_commit_is_tried_again_without_a_restart(FaultyConnections.Fault fault)
      throws Exception {
    FaultyConnections.next(fault);
    StreamExecutionEnvironment environment = environment(RuntimeExecutionMode.BATCH);
    load(environment, sink(NEVER), 0, 2_000);
    environment.execute();
    assertThat(FaultyConnections.happened()).isTrue();
    assertEachLineOnce(2_000);
    assertThat(database.loads()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = RuntimeExecutionMode.class,
      names = {"STREAMING", "BATCH"})
  void a_load_that_failed_at_its_last_attempt_is_loaded_after_the_restart(RuntimeExecutionMode mode)
      throws Exception {
    FaultyConnections.next(FaultyConnections.Fault.LOST_BEFORE_COMMIT);
    StreamExecutionEnvironment environment = environment(mode);
    environment.enableCheckpointing(50);
    load(environment, sink(database.settings(staging), List.of()), 0, 2_000);
    environment.execute();
    assertThat(FaultyConnections.happened()).isTrue();
    assertEachLineOnce(2_000);
    assertThat(database.sum("repeated")).isZero();
  }

  @Test
  void restarts_in_the_middle_lose_and_repeat_nothing() throws Exception {
    CheckpointPacedLines.failOnceAt(4);
    StreamExecutionEnvironment environment = environment(RuntimeExecutionMode.STREAMING);
    environment.enableCheckpointing(20);
    paced(environment, Duration.ZERO, 8).execute();
    assertThat(CheckpointPacedLines.hasFailed()).isTrue();
    assertEachLineOnce(800);
    assertThat(database.loads()).isGreaterThan(1);
  }

  @Test
  void what_is_held_back_between_loads_survives_a_restart() throws Exception {
    CheckpointPacedLines.failOnceAt(4);
    StreamExecutionEnvironment environment = environment(RuntimeExecutionMode.STREAMING);
    environment.enableCheckpointing(20);
    paced(environment, NEVER, 8).execute();
    assertThat(CheckpointPacedLines.hasFailed()).isTrue();
    assertEachLineOnce(800);
    assertThat(database.loads()).isEqualTo(1);
    assertThat(database.sum("files")).isGreaterThanOrEqualTo(8);
  }

  @Test
  void a_stream_and_an_import_with_overlapping_lines_at_once_load_each_line_once()
      throws Exception {
    StreamExecutionEnvironment stream = environment(RuntimeExecutionMode.STREAMING);
    stream.enableCheckpointing(20);
    load(stream, sink(Duration.ZERO), 0, 20_000);
    StreamExecutionEnvironment history = environment(RuntimeExecutionMode.BATCH);
    load(history, sink(NEVER), 10_000, 30_000);
    JobClient one = stream.executeAsync();
    JobClient other = history.executeAsync();
    CompletableFuture.allOf(one.getJobExecutionResult(), other.getJobExecutionResult()).get();
    assertEachLineOnce(30_000);
    assertThat(database.sum("repeated")).isEqualTo(10_000);
  }

  @Test
  void what_is_held_back_survives_a_savepoint_and_another_parallelism(@TempDir Path savepoints)
      throws Exception {
    StreamExecutionEnvironment before = environment(RuntimeExecutionMode.STREAMING);
    before.enableCheckpointing(20);
    JobClient client = paced(before, NEVER, Integer.MAX_VALUE).executeAsync();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> CheckpointPacedLines.portionsInCheckpoints() >= 3);
    String savepoint =
        client
            .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    assertThat(database.loads()).isZero();

    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    StreamExecutionEnvironment after = environment(RuntimeExecutionMode.STREAMING, restore);
    after.setParallelism(3);
    after.enableCheckpointing(20);
    int portions = CheckpointPacedLines.portionsInCheckpoints() + 3;
    paced(after, NEVER, portions).execute();
    assertEachLineOnce(portions * 100L);
    assertThat(database.loads()).isEqualTo(1);
  }

  @Test
  void every_operator_has_a_uid_of_its_own_and_one_of_them_gathers() {
    StreamExecutionEnvironment environment = environment(RuntimeExecutionMode.STREAMING);
    environment
        .fromSequence(0, 1)
        .uid("numbers")
        .map(Lines::line)
        .returns(CodecTypeInfo.using(InvoiceLineCodec.class))
        .uid("lines")
        .sinkTo(sink(NEVER))
        .uid("warehouse");
    StreamGraph graph = environment.getStreamGraph();
    assertThat(graph.getStreamNodes())
        .hasSize(5)
        .extracting(StreamNode::getTransformationUID)
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    assertThat(graph.getStreamNodes())
        .filteredOn(node -> node.getOperatorName().contains(WarehouseSink.AGGREGATOR_NAME))
        .singleElement()
        .satisfies(
            node -> {
              assertThat(node.getParallelism()).isEqualTo(1);
              assertThat(node.getTransformationUID()).contains(WarehouseSink.AGGREGATOR_UID);
            });
  }
}
