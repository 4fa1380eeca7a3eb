package org.invoiceflow.local.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.invoiceflow.local.terraform.StateMachine.Ended;
import org.junit.jupiter.api.Test;

/** Runs the import's state machine of {@code terraform/} against a pretended AWS. */
class ImportMachineTest {

  private static final String PATH = "s3://lake/import/2011.csv.gz";

  /** What Terraform would fill in. */
  private static final Map<String, String> VALUES =
      Map.of(
          "partition", "aws",
          "application", "test-import",
          "bucket", "lake",
          "log_group", "/aws/kinesis-analytics/test-import",
          "poll_seconds", "30",
          "timeout_seconds", "28800",
          "max_hours", "6",
          "max_seconds", "21600",
          "max_restarts", "5",
          "property_groups",
              """
              [{"PropertyGroupId": "lake", "PropertyMap": {"root": "s3://lake"}},
               {"PropertyGroupId": "job", "PropertyMap": {"max.parallelism": "128", "mode": "{% $mode %}", "run.id": "{% $run_id %}"}},
               {"PropertyGroupId": "source", "PropertyMap": "{% $merge([{}, $options, {'path': $path}]) %}"}]""");

  private final FakeImport application = new FakeImport();

  @Test
  void the_completion_record_is_success() throws Exception {
    Ended ended = run(Map.of("path", PATH, "options", Map.of("encoding", "windows-1252")));

    assertThat(ended.error()).isEmpty();
    assertThat(ended.output())
        .isEqualTo(
            Map.of(
                "run_id",
                "run-1",
                "path",
                PATH,
                "mode",
                "import",
                "record",
                Map.of("run_id", "run-1", "mode", "import")));
    assertThat(application.groups)
        .containsEntry("job", Map.of("max.parallelism", "128", "mode", "import", "run.id", "run-1"))
        .containsEntry("source", Map.of("encoding", "windows-1252", "path", PATH))
        .containsEntry("lake", Map.of("root", "s3://lake"));
  }

  @Test
  void a_replay_is_a_run_of_another_mode() throws Exception {
    assertThat(run(Map.of("path", "s3://lake/raw/", "mode", "replay")).error()).isEmpty();
    assertThat(application.groups.get("job")).containsEntry("mode", "replay");
  }

  @Test
  void a_wrong_input_is_refused_before_anything_is_asked() throws Exception {
    for (Map<String, Object> input :
        java.util.List.<Map<String, Object>>of(
            Map.of(),
            Map.of("path", "s3://another-bucket/import/"),
            Map.of("path", PATH, "mode", "stream"),
            Map.of("path", PATH, "options", "encoding"))) {
      assertThat(run(input).error()).isEqualTo("BadInput");
    }
    assertThat(application.calls).isEmpty();
  }

  @Test
  void a_second_run_is_refused_while_one_runs() throws Exception {
    application.status = "RUNNING";

    Ended ended = run(Map.of("path", PATH));

    assertThat(ended.error()).isEqualTo("AlreadyRunning");
    assertThat(ended.cause()).contains("test-import is RUNNING");
    assertThat(application.calls).containsExactly("kinesisanalyticsv2:describeApplication");
  }

  @Test
  void ready_without_a_record_is_a_failure_with_the_reason_from_the_log() throws Exception {
    application.leavesRecord = false;

    Ended ended = run(Map.of("path", PATH));

    assertThat(ended.error()).isEqualTo("ImportFailed");
    assertThat(ended.cause())
        .contains("without its completion record")
        .contains("The log says: org.invoiceflow.Reason: the table is gone (log group /aws/");
  }

  @Test
  void a_log_without_a_reason_is_told() throws Exception {
    application.leavesRecord = false;
    application.logs = false;

    assertThat(run(Map.of("path", PATH)).cause()).contains("The log names no reason");
  }

  @Test
  void a_run_that_restarts_over_and_over_is_stopped() throws Exception {
    application.restarts = 6;
    application.looksUntilEnd = Integer.MAX_VALUE;

    Ended ended = run(Map.of("path", PATH));

    assertThat(ended.cause()).contains("restarted 6 times").contains("the table is gone");
    assertThat(application.forced).isTrue();
  }

  @Test
  void a_few_restarts_are_borne() throws Exception {
    application.restarts = 5;

    assertThat(run(Map.of("path", PATH)).error()).isEmpty();
  }

  @Test
  void a_run_that_takes_too_long_is_stopped() throws Exception {
    application.looksUntilEnd = Integer.MAX_VALUE;

    Ended ended = run(machine("-1"), Map.of("path", PATH));

    assertThat(ended.cause()).contains("longer than 6 hours");
    assertThat(application.forced).isTrue();
  }

  @Test
  void of_two_runs_that_begin_at_once_the_one_that_was_overtaken_does_not_start() throws Exception {
    application.takenAfterUpdate = true;

    assertThat(run(Map.of("path", PATH)).cause()).contains("for run another-run");
    assertThat(application.starts).isZero();
  }

  @Test
  void a_run_that_ended_before_another_began_is_known_by_its_record() throws Exception {
    application.takenWhileRunning = true;

    assertThat(run(Map.of("path", PATH)).error()).isEmpty();
    assertThat(application.calls).doesNotContain("kinesisanalyticsv2:stopApplication");
  }

  @Test
  void a_run_without_a_record_leaves_the_run_after_it_alone() throws Exception {
    application.takenWhileRunning = true;
    application.leavesRecord = false;

    assertThat(run(Map.of("path", PATH)).cause())
        .contains("without its completion record", "given to run another-run");
    assertThat(application.calls).doesNotContain("kinesisanalyticsv2:stopApplication");
  }

  @Test
  void a_run_that_ended_while_it_was_being_stopped_is_known_by_its_record() throws Exception {
    application.looksUntilEnd = Integer.MAX_VALUE;
    application.endsWhenStopped = true;

    assertThat(run(machine("-1"), Map.of("path", PATH)).error()).isEmpty();
    assertThat(application.forced).isTrue();
  }

  @Test
  void an_update_that_is_not_seen_at_once_is_waited_for() throws Exception {
    application.looksUntilUpdated = 4;

    assertThat(run(Map.of("path", PATH)).error()).isEmpty();
    assertThat(application.starts).isEqualTo(1);
  }

  private Ended run(Map<String, Object> input) throws IOException {
    return run(machine(VALUES.get("max_seconds")), input);
  }

  private Ended run(StateMachine machine, Map<String, Object> input) {
    return machine.run("run-1", input, application);
  }

  private static StateMachine machine(String maxSeconds) throws IOException {
    String definition =
        Files.readString(
            Path.of(System.getProperty("invoiceflow.root"))
                .resolve("terraform/modules/imports/machine.asl.json.tftpl"));
    definition = definition.replace("${max_seconds}", maxSeconds);
    for (Map.Entry<String, String> value : VALUES.entrySet()) {
      definition = definition.replace("${" + value.getKey() + "}", value.getValue());
    }
    assertThat(definition).doesNotContain("${");
    return new StateMachine(definition);
  }
}
