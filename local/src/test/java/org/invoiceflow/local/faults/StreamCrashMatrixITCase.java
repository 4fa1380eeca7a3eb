package org.invoiceflow.local.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operator of the stream is broken at every moment of a checkpoint's life, on both state
 * backends and with parallelism 1 and 2; in the build pairwise, in the profile {@code faults} every
 * combination for each of {@code faults.runs} seeds.
 */
class StreamCrashMatrixITCase {

  /** More than any run sends. */
  private static final int LINES = 40_000;

  /** Between the seeds of two matrices; each case has one of its own. */
  private static final int SEEDS_APART = 1_000;

  @TempDir static Path temp;

  private static CrashMatrix matrix;

  @BeforeAll
  static void start() throws Exception {
    matrix = CrashMatrix.start(StreamCrashRun.SUITE, temp, LINES);
  }

  @AfterAll
  static void stop() throws Exception {
    matrix.close();
  }

  @TestFactory
  Stream<DynamicTest> nothing_is_lost_or_doubled_when_an_operator_crashes() throws Exception {
    FaultSettings settings = FaultSettings.current();
    List<String> operators =
        StrikingOperators.namesIn(
            StreamCrashRun.graph(
                matrix.cluster().environment("hashmap", 1, true), matrix.shared()));
    List<StreamCase> cases = new ArrayList<>();
    for (int i = 0; i < settings.runsOr(1); i++) {
      long seed = settings.seed() + (long) SEEDS_APART * i;
      cases.addAll(
          settings.isLong()
              ? StreamCase.whole(operators, seed)
              : StreamCase.pairwise(operators, seed));
    }
    return matrix.tests(
        cases,
        tried ->
            () ->
                StreamCrashRun.of(
                    tried,
                    matrix.cluster(),
                    matrix.emptyStores(),
                    OddRecords.of(matrix.invoices(), tried.seed(), true)));
  }
}
