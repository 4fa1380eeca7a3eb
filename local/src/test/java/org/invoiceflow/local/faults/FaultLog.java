package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the runs of this JVM. After each, {@code target/faults.json} at the root holds the
 * figures of all so far; in the profile {@code faults} so does this execution's line of {@code
 * docs/reliability-runs.jsonl}, the file that is committed and grows. Thread-safe.
 */
final class FaultLog {

  private static final String SUMMARY = "target/faults.json";
  private static final String ACCUMULATED = "docs/reliability-runs.jsonl";

  private static final Instant STARTED = Instant.now();
  private static final List<FaultRun> RUNS = new ArrayList<>();

  private FaultLog() {}

  /**
   * Takes a run's figures down and fails the running test unless nothing was lost, doubled or
   * otherwise wrong.
   */
  static synchronized void judge(FaultRun run) {
    RUNS.add(run);
    Path root = Path.of(System.getProperty("invoiceflow.root", "."));
    try {
      write(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!run.passed()) {
      fail("%s", run);
    }
  }

  private static void write(Path root) throws IOException {
    FaultSummary summary =
        new FaultSummary(Commit.of(root), STARTED, FaultSettings.current().seed(), RUNS);
    Path file = root.resolve(SUMMARY);
    Files.createDirectories(file.getParent());
    Files.writeString(file, summary.toJson() + "\n");
    if (FaultSettings.current().isLong()) {
      accumulate(root.resolve(ACCUMULATED), summary);
    }
  }

  /** One line an execution, which is its last one until it ends. */
  private static void accumulate(Path file, FaultSummary summary) throws IOException {
    List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
    if (RUNS.size() > 1) {
      lines.remove(lines.size() - 1);
    }
    lines.add(summary.toJsonLine());
    Files.write(file, lines);
  }
}
