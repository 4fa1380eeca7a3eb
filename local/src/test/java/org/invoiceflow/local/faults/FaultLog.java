package org.invoiceflow.local.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the runs of this JVM. After each, {@code target/faults.json} at the root holds the
 * figures of all so far; in the profile {@code faults} so does this execution's line of {@code
 * docs/reliability-runs.jsonl}, the file that is committed and grows. Thread-safe.
 */
final class FaultLog {

  private static final String SUMMARY = "target/faults.json";
  private static final String ACCUMULATED = "docs/reliability-runs.jsonl";

  /** Tells one execution from another in the accumulated file. */
  @SuppressWarnings("TimeInStaticInitializer") // The first run of this JVM is what counts.
  private static final Instant STARTED = Instant.now();

  private static final List<FaultRun> RUNS = new ArrayList<>();

  @SuppressWarnings("NonFinalStaticField") // Asked for once, by the first run.
  private static String commit = "";

  /** What is said of a run of which nothing is known yet but this. */
  private record Begun(String suite, long seed, boolean isKill) {}

  @SuppressWarnings("NonFinalStaticField") // Tests run one after the other.
  private static Optional<Begun> begun = Optional.empty();

  private FaultLog() {}

  /**
   * Takes a run's figures down and fails the running test unless nothing was lost, doubled or
   * otherwise wrong.
   */
  static void judge(FaultRun run) {
    add(run);
    if (!run.passed()) {
      throw new Verdict(run);
    }
  }

  /**
   * Says which run begins, in case that it ends before it can be judged.
   *
   * @param suite kind of failure
   * @param isKill whether whole processes are killed
   */
  static synchronized void begin(String suite, long seed, boolean isKill) {
    begun = Optional.of(new Begun(suite, seed, isKill));
  }

  /** Forgets the run that was begun last. */
  static synchronized void beginNone() {
    begun = Optional.empty();
  }

  /**
   * Takes down the run that was begun last, and ended before it could be judged: it has failed, and
   * is among the figures.
   *
   * @param name what exactly was broken, or the test's name
   */
  static void unjudged(String name, Throwable cause) {
    add(unjudgedRun(name, cause));
  }

  static synchronized FaultRun unjudgedRun(String name, Throwable cause) {
    Begun run = begun.orElse(new Begun("none begun", FaultSettings.current().seed(), false));
    List<String> findings = List.of("It could not be judged: " + cause);
    return new FaultRun(run.suite, name, run.seed, run.isKill, 0, 0, 0, List.of(), findings);
  }

  private static synchronized void add(FaultRun run) {
    RUNS.add(run);
    Path root = Path.of(System.getProperty("invoiceflow.root", "."));
    try {
      write(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That a run has not passed; it is taken down already. */
  static final class Verdict extends AssertionError {
    private static final long serialVersionUID = 1L;

    Verdict(FaultRun run) {
      super(run.toString());
    }
  }

  private static void write(Path root) throws IOException {
    if (commit.isEmpty()) {
      commit = Commit.of(root);
    }
    FaultSummary summary = new FaultSummary(commit, STARTED, FaultSettings.current().seed(), RUNS);
    Path file = root.resolve(SUMMARY);
    Files.createDirectories(file.getParent());
    Files.writeString(file, summary.toJson() + "\n");
    if (FaultSettings.current().isLong()) {
      accumulate(root.resolve(ACCUMULATED), summary);
    }
  }

  /** One line an execution: the figures so far take the place of its earlier ones. */
  static void accumulate(Path file, FaultSummary summary) throws IOException {
    String execution = summary.toJsonLine().substring(0, summary.lengthOfIdentity());
    List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
    lines.removeIf(line -> line.startsWith(execution));
    lines.add(summary.toJsonLine());
    Files.write(file, lines);
  }
}
