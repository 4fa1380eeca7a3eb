package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultSummaryTest {

  private static final Instant STARTED = Instant.parse("2026-11-22T20:00:00.5Z");

  @Test
  void adds_up_all_runs_and_each_suite() throws Exception {
    FaultRun failed =
        new FaultRun("kill", "job", 7, true, 3, 2, 1, List.of(), List.of("A line is lacking"));
    FaultRun passed = new FaultRun("matrix", "merge", 8, false, 1, 0, 0, seconds(20), List.of());

    String json = new FaultSummary("abc", STARTED, 7, List.of(failed, passed)).toJsonLine();

    assertThat(json)
        .startsWith("{\"commit\":\"abc\",\"started\":\"2026-11-22T20:00:00Z\",\"seed\":7,")
        .contains(
            "\"runs\":2,\"kill_runs\":1,\"kills\":3,\"strikes\":4,\"lost\":2,\"duplicated\":1")
        .contains("\"recovery_p50_ms\":10000,\"recovery_p95_ms\":19000")
        .contains(
            "\"failed_seeds\":[7],\"failed\":[{\"suite\":\"kill\",\"name\":\"job\",\"seed\":7,")
        .contains("\"suites\":{\"kill\":{\"runs\":1,")
        .doesNotContain("\n");
  }

  @Test
  void a_run_in_which_nothing_was_broken_has_not_passed() {
    FaultRun idle = new FaultRun("matrix", "merge", 1, false, 0, 0, 0, List.of(), List.of());

    assertThat(idle.passed()).isFalse();
  }

  private static List<Duration> seconds(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Duration::ofSeconds).toList();
  }
}
