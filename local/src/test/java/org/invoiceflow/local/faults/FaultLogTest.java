package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultLogTest {

  private static final FaultRun RUN =
      new FaultRun("matrix", "merge", 8, false, 1, 0, 0, List.of(), List.of());

  @Test
  void each_execution_has_one_line_with_its_latest_figures(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("runs.jsonl");

    FaultLog.accumulate(file, summary("2026-11-22T20:00:00Z", 1));
    FaultLog.accumulate(file, summary("2026-11-22T20:00:00Z", 2));
    FaultLog.accumulate(file, summary("2026-11-22T21:00:00Z", 1));
    FaultLog.accumulate(file, summary("2026-11-22T21:00:00Z", 5));

    assertThat(Files.readAllLines(file))
        .satisfiesExactly(
            first -> assertThat(first).contains("T20:00:00Z").contains("\"runs\":2,"),
            second -> assertThat(second).contains("T21:00:00Z").contains("\"runs\":5,"));
  }

  @Test
  void a_run_that_could_not_be_judged_is_the_one_that_was_begun() {
    FaultLog.begin("kill-job", 42, true);
    FaultRun run = FaultLog.unjudgedRun("a test", new IllegalStateException("no"));
    FaultLog.beginNone();

    assertThat(run)
        .isEqualTo(
            new FaultRun(
                "kill-job",
                "a test",
                42,
                true,
                0,
                0,
                0,
                List.of(),
                List.of("It could not be judged: java.lang.IllegalStateException: no")));
    assertThat(run.passed()).isFalse();
  }

  private static FaultSummary summary(String started, int runs) {
    return new FaultSummary("abc", Instant.parse(started), 7, Collections.nCopies(runs, RUN));
  }
}
