package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.testing.Metrics;
import org.junit.jupiter.api.Test;

class LoadAggregatorTest {

  private static final long INTERVAL = 600_000;

  private final StagedFile one = new StagedFile("s3://bucket/staging/lines-1-0.csv.gz", 10, 1);
  private final StagedFile two = new StagedFile("s3://bucket/staging/lines-2-1.csv.gz", 20, 2);
  private final StagedFile three = new StagedFile("s3://bucket/staging/lines-3-0.csv.gz", 30, 3);

  private Metrics metrics = new Metrics();

  private OneInputStreamOperatorTestHarness<
          CommittableMessage<StagedFile>, CommittableMessage<StagedLoad>>
      harness() throws Exception {
    metrics = new Metrics();
    MockEnvironment environment =
        new MockEnvironmentBuilder().setMetricGroup(metrics.taskGroup()).build();
    OneInputStreamOperatorTestHarness<
            CommittableMessage<StagedFile>, CommittableMessage<StagedLoad>>
        harness =
            new OneInputStreamOperatorTestHarness<>(new LoadAggregator(INTERVAL), environment);
    harness.setup(
        CommittableMessageTypeInfo.of(() -> new VersionedForm<>(new StagedLoadCodec()))
            .createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<
              CommittableMessage<StagedFile>, CommittableMessage<StagedLoad>>
          harness,
      long checkpoint,
      int subtask,
      StagedFile file)
      throws Exception {
    harness.processElement(
        new StreamRecord<>(new CommittableSummary<>(subtask, 2, checkpoint, 1, 1, 0)));
    harness.processElement(
        new StreamRecord<>(new CommittableWithLineage<>(file, checkpoint, subtask)));
  }

  private static OperatorSubtaskState checkpoint(
      OneInputStreamOperatorTestHarness<
              CommittableMessage<StagedFile>, CommittableMessage<StagedLoad>>
          harness,
      long id)
      throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    return harness.snapshot(id, id);
  }

  /** The loads that came out since the last call, each behind a summary of its own. */
  private static List<StagedLoad> loads(
      OneInputStreamOperatorTestHarness<
              CommittableMessage<StagedFile>, CommittableMessage<StagedLoad>>
          harness,
      long checkpoint) {
    List<StagedLoad> loads = new ArrayList<>();
    List<CommittableMessage<StagedLoad>> messages = harness.extractOutputValues();
    for (int i = 0; i < messages.size(); i += 2) {
      CommittableSummary<StagedLoad> summary = (CommittableSummary<StagedLoad>) messages.get(i);
      CommittableWithLineage<StagedLoad> load =
          (CommittableWithLineage<StagedLoad>) messages.get(i + 1);
      assertThat(summary.getCheckpointIdOrEOI()).isEqualTo(checkpoint);
      assertThat(summary.getNumberOfSubtasks()).isEqualTo(1);
      assertThat(summary.getNumberOfCommittables()).isEqualTo(1);
      assertThat(load.getCheckpointIdOrEOI()).isEqualTo(checkpoint);
      assertThat(load.getSubtaskId()).isEqualTo(summary.getSubtaskId());
      loads.add(load.getCommittable());
    }
    harness.getOutput().clear();
    return loads;
  }

  @Test
  void files_are_held_back_until_the_first_checkpoint_after_the_interval() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, 1, 0, one);
      checkpoint(harness, 1);
      harness.setProcessingTime(INTERVAL - 1);
      send(harness, 2, 1, two);
      checkpoint(harness, 2);
      assertThat(harness.getOutput()).isEmpty();

      harness.setProcessingTime(INTERVAL);
      assertThat(harness.getOutput()).isEmpty();
      send(harness, 3, 0, three);
      checkpoint(harness, 3);
      assertThat(loads(harness, 3))
          .singleElement()
          .satisfies(
              load -> {
                assertThat(load.files()).containsExactly(one, two, three);
                assertThat(load.lines()).isEqualTo(60);
              });
    }
  }

  @Test
  void the_interval_starts_again_with_each_load() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(INTERVAL + 5);
      send(harness, 1, 0, one);
      checkpoint(harness, 1);
      assertThat(loads(harness, 1)).hasSize(1);
      harness.setProcessingTime(2 * INTERVAL + 4);
      send(harness, 2, 0, two);
      checkpoint(harness, 2);
      assertThat(harness.getOutput()).isEmpty();
      harness.setProcessingTime(2 * INTERVAL + 5);
      checkpoint(harness, 3);
      assertThat(loads(harness, 3)).singleElement().extracting(StagedLoad::lines).isEqualTo(20L);
    }
  }

  @Test
  void without_files_there_is_no_load() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(INTERVAL);
      checkpoint(harness, 1);
      harness.endInput();
      assertThat(harness.getOutput()).isEmpty();
    }
  }

  @Test
  void the_end_of_the_input_is_a_load_whatever_the_interval_and_the_only_one() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, 1, 0, one);
      checkpoint(harness, 1);
      send(harness, CommittableMessage.EOI, 0, two);
      harness.endInput();
      assertThat(loads(harness, CommittableMessage.EOI))
          .singleElement()
          .satisfies(load -> assertThat(load.files()).containsExactly(one, two));
      harness.setProcessingTime(INTERVAL);
      checkpoint(harness, 2);
      assertThat(harness.getOutput()).isEmpty();
    }
  }

  @Test
  void what_is_held_back_and_the_time_of_the_last_load_survive_a_restore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.setProcessingTime(1_000);
      harness.open();
      send(harness, 1, 0, one);
      state = checkpoint(harness, 1);
    }
    try (var harness = harness()) {
      harness.setProcessingTime(INTERVAL + 999);
      harness.initializeState(state);
      harness.open();
      send(harness, 2, 1, two);
      checkpoint(harness, 2);
      assertThat(harness.getOutput()).isEmpty();
      harness.setProcessingTime(INTERVAL + 1_000);
      checkpoint(harness, 3);
      assertThat(loads(harness, 3))
          .singleElement()
          .satisfies(load -> assertThat(load.files()).containsExactly(one, two));
    }
  }

  @Test
  void a_load_that_was_let_go_is_not_in_the_state_any_more() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(INTERVAL);
      send(harness, 1, 0, one);
      state = checkpoint(harness, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(state);
      harness.open();
      harness.endInput();
      assertThat(harness.getOutput()).isEmpty();
    }
  }

  private long oldestWaitingAge() {
    return metrics.gauge(JobMetrics.WAREHOUSE_OLDEST_WAITING_AGE);
  }

  private long newestLoadedAge() {
    return metrics.gauge(JobMetrics.WAREHOUSE_NEWEST_LOADED_AGE);
  }

  @Test
  void an_idle_stream_has_nothing_that_waits() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(10 * INTERVAL);
      checkpoint(harness, 1);
      harness.notifyOfCompletedCheckpoint(1);
      assertThat(oldestWaitingAge()).isZero();
      assertThat(newestLoadedAge()).isEqualTo(-1);
    }
  }

  @Test
  void the_oldest_file_ages_until_a_checkpoint_after_its_load_has_completed() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, 1, 0, new StagedFile("s3://b/lines-1", 1, 1_000));
      checkpoint(harness, 1);
      harness.notifyOfCompletedCheckpoint(1);
      send(harness, 2, 0, new StagedFile("s3://b/lines-2", 1, 2_000));
      harness.setProcessingTime(INTERVAL);
      assertThat(oldestWaitingAge()).isEqualTo(INTERVAL - 1_000);

      checkpoint(harness, 2);
      assertThat(loads(harness, 2)).hasSize(1);
      harness.notifyOfCompletedCheckpoint(2);
      // Now the load runs; it may fail.
      assertThat(oldestWaitingAge()).isEqualTo(INTERVAL - 1_000);
      assertThat(newestLoadedAge()).isEqualTo(-1);

      send(harness, 3, 0, new StagedFile("s3://b/lines-3", 1, INTERVAL - 7));
      checkpoint(harness, 3);
      harness.notifyOfCompletedCheckpoint(3);
      assertThat(oldestWaitingAge()).isEqualTo(7);
      assertThat(newestLoadedAge()).isEqualTo(INTERVAL - 2_000);
    }
  }

  /** Flink commits it only when the next checkpoint has completed. */
  @Test
  void a_load_whose_checkpoint_was_given_up_waits_for_one_more() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, 1, 0, new StagedFile("s3://b/lines-1", 1, 1_000));
      harness.setProcessingTime(INTERVAL);
      checkpoint(harness, 1);
      assertThat(loads(harness, 1)).hasSize(1);
      checkpoint(harness, 2);
      harness.notifyOfCompletedCheckpoint(2);
      assertThat(oldestWaitingAge()).isEqualTo(INTERVAL - 1_000);
      assertThat(newestLoadedAge()).isEqualTo(-1);

      checkpoint(harness, 3);
      harness.notifyOfCompletedCheckpoint(3);
      assertThat(oldestWaitingAge()).isZero();
      assertThat(newestLoadedAge()).isEqualTo(INTERVAL - 1_000);
    }
  }

  @Test
  void a_load_in_every_checkpoint_leaves_only_the_last_one_waiting() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
        harness.setProcessingTime(checkpoint * INTERVAL);
        send(
            harness, checkpoint, 0, new StagedFile("s3://b/l" + checkpoint, 1, checkpoint * 1_000));
        checkpoint(harness, checkpoint);
        harness.notifyOfCompletedCheckpoint(checkpoint);
      }
      assertThat(oldestWaitingAge()).isEqualTo(3 * INTERVAL - 3_000);
      assertThat(newestLoadedAge()).isEqualTo(3 * INTERVAL - 2_000);
    }
  }

  @Test
  void a_load_that_fails_and_restarts_the_job_ages_on() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.open();
      send(harness, 1, 0, new StagedFile("s3://b/lines-1", 1, 1_000));
      harness.setProcessingTime(INTERVAL);
      state = checkpoint(harness, 1);
      assertThat(loads(harness, 1)).hasSize(1);
    }
    for (int restart = 2; restart <= 3; restart++) {
      try (var harness = harness()) {
        harness.setProcessingTime(restart * INTERVAL);
        harness.initializeState(state);
        harness.open();
        assertThat(oldestWaitingAge()).isEqualTo(restart * INTERVAL - 1_000);
      }
    }
    try (var harness = harness()) {
      harness.setProcessingTime(4 * INTERVAL);
      harness.initializeState(state);
      harness.open();
      checkpoint(harness, 2);
      harness.notifyOfCompletedCheckpoint(2);
      assertThat(oldestWaitingAge()).isZero();
      assertThat(newestLoadedAge()).isEqualTo(4 * INTERVAL - 1_000);
    }
  }

  @Test
  void the_ages_of_held_files_and_of_what_is_loaded_survive_a_restore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(INTERVAL);
      send(harness, 1, 0, new StagedFile("s3://b/lines-1", 1, 1_000));
      checkpoint(harness, 1);
      harness.notifyOfCompletedCheckpoint(1);
      send(harness, 2, 0, new StagedFile("s3://b/lines-2", 1, 5_000));
      checkpoint(harness, 2);
      harness.notifyOfCompletedCheckpoint(2);
      state = checkpoint(harness, 3);
    }
    try (var harness = harness()) {
      harness.setProcessingTime(INTERVAL + 1);
      harness.initializeState(state);
      harness.open();
      assertThat(oldestWaitingAge()).isEqualTo(INTERVAL + 1 - 5_000);
      assertThat(newestLoadedAge()).isEqualTo(INTERVAL + 1 - 1_000);
    }
  }
}
