package org.invoiceflow.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.job.testing.Lines.changed;
import static org.invoiceflow.job.testing.Lines.line;
import static org.invoiceflow.job.testing.Lines.lines;
import static org.invoiceflow.job.testing.Lines.ofCustomer;
import static org.invoiceflow.job.testing.Lines.record;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.lake.LakeSinks;
import org.invoiceflow.job.sources.RawFiles;
import org.invoiceflow.job.testing.BrokenLines;
import org.invoiceflow.job.testing.GraphRun;
import org.invoiceflow.job.testing.MemoryRecords;
import org.invoiceflow.job.testing.MemoryStores;
import org.invoiceflow.job.testing.RandomInvoices;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole graph on a cluster in this machine, between sources and stores in memory. */
class PipelineITCase {

  private static final int RANDOM_TRIES = 20;
  private static final Duration LONGER_THAN_ANY_TEST = Duration.ofHours(1);

  @RegisterExtension static final MiniClusterExtension CLUSTER = GraphRun.cluster();

  private final MemoryStores stores = new MemoryStores();

  /** Streams, imports and replays of any lines without conflicts end in the same stores. */
  @Test
  void the_result_of_a_stream_of_an_import_and_of_a_replay_are_equal(@TempDir Path folder)
      throws Exception {
    long firstSeed = System.nanoTime();
    for (long seed = firstSeed; seed < firstSeed + RANDOM_TRIES; seed++) {
      try {
        assertEqualResults(seed, folder);
      } catch (Exception e) {
        throw new AssertionError("A run of seed " + seed + " failed", e);
      }
    }
  }

  private static void assertEqualResults(long seed, Path folder) throws Exception {
    RandomInvoices invoices = RandomInvoices.of(seed);
    MemoryStores truth = MemoryStores.holding(invoices.lines());
    org.apache.flink.core.fs.Path lake =
        new org.apache.flink.core.fs.Path(folder.resolve("lake-" + seed).toUri());

    MemoryStores stream = new MemoryStores();
    run(
        RuntimeExecutionMode.STREAMING,
        MemoryRecords.of(invoices.records()),
        stream
            .withoutLake()
            .withLake(LakeSinks.raw(lake), LakeSinks.rejected(lake), LakeSinks.repeated(lake)));
    MemoryStores batch = new MemoryStores();
    run(RuntimeExecutionMode.BATCH, MemoryRecords.of(invoices.records()), batch.all());
    MemoryStores replay = new MemoryStores();
    run(RuntimeExecutionMode.BATCH, RawFiles.source(lake + "/raw"), replay.withoutLake());

    assertHolds(stream, truth, "stream of seed " + seed);
    assertHolds(batch, truth, "import of seed " + seed);
    assertHolds(replay, truth, "replay of seed " + seed);
    assertThat(batch.rejected()).as("seed %d", seed).isEmpty();
    assertThat(batch.raw()).as("seed %d", seed).hasSameSizeAs(invoices.records());
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void a_run_that_ends_within_the_delay_loses_nothing(RuntimeExecutionMode mode) throws Exception {
    RandomInvoices invoices = RandomInvoices.of(7);

    GraphRun.in(mode)
        .withFlushDelay(LONGER_THAN_ANY_TEST)
        .run(MemoryRecords.of(invoices.records()), stores.all());

    assertHolds(stores, MemoryStores.holding(invoices.lines()), mode.name());
  }

  @Test
  void in_batch_mode_each_item_is_written_once() throws Exception {
    RandomInvoices invoices = RandomInvoices.of(11);

    run(RuntimeExecutionMode.BATCH, MemoryRecords.of(invoices.records()), stores.all());

    assertThat(stores.partWrites()).isEqualTo(stores.parts().size());
  }

  @Test
  void a_repeated_import_writes_no_item_again() throws Exception {
    RandomInvoices invoices = RandomInvoices.of(12);
    run(RuntimeExecutionMode.BATCH, MemoryRecords.of(invoices.records()), stores.all());
    int writes = stores.partWrites();

    run(RuntimeExecutionMode.BATCH, MemoryRecords.of(invoices.records()), stores.all());

    assertThat(stores.partWrites()).isEqualTo(writes);
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void two_imports_of_which_the_second_knows_nothing_give_the_union(RuntimeExecutionMode mode)
      throws Exception {
    RandomInvoices invoices = RandomInvoices.of(13);
    List<ReceivedRecord> all = new ArrayList<>(invoices.records());
    Collections.shuffle(all, new Random(13));
    int half = all.size() / 2;

    run(mode, MemoryRecords.of(all.subList(0, half)), stores.all());
    run(mode, MemoryRecords.of(all.subList(half, all.size())), stores.all());
    assertHolds(stores, MemoryStores.holding(invoices.lines()), "union");

    run(mode, MemoryRecords.of(all), stores.all());
    assertHolds(stores, MemoryStores.holding(invoices.lines()), "third run");
    assertThat(stores.rejected()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void every_broken_rule_is_rejected_with_reason_origin_and_bytes_and_good_lines_go_through(
      RuntimeExecutionMode mode) throws Exception {
    List<BrokenLines.Case> broken = new ArrayList<>(BrokenLines.json());
    broken.addAll(BrokenLines.csv());
    List<InvoiceLine> good = lines("536365", 1, 2, 3);
    List<ReceivedRecord> records = new ArrayList<>();
    good.forEach(line -> records.add(record(LineJson.toJson(line))));
    broken.forEach(one -> records.add(one.record()));

    run(mode, MemoryRecords.of(records), stores.all());

    assertHolds(stores, MemoryStores.holding(good), mode.name());
    assertThat(shown(stores.rejected()))
        .containsExactlyInAnyOrderElementsOf(
            broken.stream()
                .map(one -> shown(one.record()) + " [" + one.rule() + " " + one.field() + "]")
                .collect(Collectors.toList()));
    assertThat(stores.raw()).hasSize(records.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void one_contender_of_a_conflict_is_stored_and_the_others_are_rejected(RuntimeExecutionMode mode)
      throws Exception {
    InvoiceLine line = line("536365", 1);
    List<InvoiceLine> contenders = List.of(line, changed(line), changed(changed(line)));
    InvoiceLine foreign = ofCustomer(line("536365", 2), "12583");
    List<ReceivedRecord> records = new ArrayList<>();
    contenders.forEach(one -> records.add(record(LineJson.toJson(one))));

    run(mode, MemoryRecords.of(records), stores.all());
    run(mode, MemoryRecords.of(List.of(record(LineJson.toJson(foreign)))), stores.all());

    InvoiceLine stored = stores.warehouse().get("536365/1");
    assertThat(contenders).contains(stored);
    assertHolds(stores, MemoryStores.holding(List.of(stored)), mode.name());
    assertThat(stores.rejected())
        .flatExtracting(Rejection::violations)
        .extracting(Violation::rule)
        .containsExactlyInAnyOrder(
            Rule.CONFLICTING_CONTENT, Rule.CONFLICTING_CONTENT, Rule.CONFLICTING_CUSTOMER);
  }

  @Test
  void after_a_failure_on_rocksdb_the_stores_hold_the_truth(@TempDir Path checkpoints)
      throws Exception {
    List<InvoiceLine> all = new ArrayList<>();
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      InvoiceLine line = line("5363" + i % 40, i / 40 + 1);
      all.add(line);
      records.add(record(LineJson.toJson(line)));
    }
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    stores.failOnceAtWrite(100);

    GraphRun.in(RuntimeExecutionMode.STREAMING)
        .withFlushDelay(Duration.ofMillis(50))
        .with(configuration)
        .run(MemoryRecords.of(records, 300), stores.all());

    assertThat(stores.hasFailed()).isTrue();
    assertHolds(stores, MemoryStores.holding(all), "after the failure");
    assertThat(stores.rejected()).isEmpty();
  }

  private static void run(
      RuntimeExecutionMode mode, Source<ReceivedRecord, ?, ?> records, Stores stores)
      throws Exception {
    GraphRun.in(mode).run(records, stores);
  }

  private static void assertHolds(MemoryStores stores, MemoryStores truth, String what) {
    assertThat(stores.parts()).as("invoices view, %s", what).isEqualTo(truth.parts());
    assertThat(stores.customerRows())
        .as("customers view, %s", what)
        .isEqualTo(truth.customerRows());
    assertThat(stores.warehouse()).as("warehouse, %s", what).isEqualTo(truth.warehouse());
  }

  private static List<String> shown(List<Rejection> rejections) {
    return rejections.stream()
        .map(
            rejection ->
                shown(rejection.record())
                    + rejection.violations().stream()
                        .map(v -> v.rule() + " " + v.field())
                        .collect(Collectors.joining(", ", " [", "]")))
        .collect(Collectors.toList());
  }

  private static String shown(ReceivedRecord record) {
    return record.origin() + " " + new String(record.payload(), UTF_8);
  }
}
