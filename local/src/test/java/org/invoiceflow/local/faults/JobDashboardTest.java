package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.invoiceflow.local.faults.JobDashboard.Failure;
import org.junit.jupiter.api.Test;

class JobDashboardTest {

  @Test
  void a_strike_is_told_by_its_cause() {
    Failure failure =
        failure(
            "java.lang.Exception: Could not perform checkpoint 3\n"
                + "Caused by: org.invoiceflow.local.faults.StrikeException: struck: views");

    assertThat(failure.isStrike()).isTrue();
    assertThat(failure.isOfStarvedCluster()).isFalse();
    assertThat(failure).hasToString("task: java.lang.Exception: Could not perform checkpoint 3");
  }

  @Test
  void a_call_or_a_heartbeat_that_took_too_long_is_a_starved_clusters() {
    assertThat(
            failure(
                    "java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id 1"
                        + " timed out.")
                .isOfStarvedCluster())
        .isTrue();
    assertThat(
            failure(
                    "java.lang.RuntimeException: x\nCaused by:"
                        + " java.util.concurrent.TimeoutException: Invocation of"
                        + " [RemoteRpcInvocation(requestNextInputSplit())] timed out.")
                .isOfStarvedCluster())
        .isTrue();
  }

  @Test
  void what_takes_too_long_in_the_job_itself_is_neither() {
    Failure failure =
        failure("java.util.concurrent.TimeoutException: Async function call has timed out.");

    assertThat(failure.isStrike()).isFalse();
    assertThat(failure.isOfStarvedCluster()).isFalse();
  }

  private static Failure failure(String stackTrace) {
    return new Failure(1, "task", stackTrace);
  }
}
