package org.invoiceflow.local.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operator of the import is broken at an element and before and after its last work; the job
 * is killed or cancelled and started again on half-done stores, or restarted by Flink. In the build
 * pairwise, in the profile {@code faults} every combination for each of {@code faults.runs} seeds.
 */
class ImportCrashMatrixITCase {

  private static final int LINES = 600;
  private static final int FILES = 2;
  private static final int SEEDS_APART = 1_000;

  @TempDir static Path temp;

  private static CrashMatrix matrix;
  private static List<Path> files;
  private static OddRecords.Truth truth;

  @BeforeAll
  static void start() throws Exception {
    matrix = CrashMatrix.start(ImportCrashRun.SUITE, temp, LINES);
    OddRecords records = OddRecords.of(matrix.invoices(), FaultSettings.current().seed(), true);
    truth = records.truthOf(IntStream.range(0, records.size()).boxed().toList());
    files = write(records);
    // An import's graph cannot be had without a file to read.
    ImportCrashRun.upload(matrix.shared(), files);
  }

  private static List<Path> write(OddRecords records) throws IOException {
    List<Path> written = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int index = file; index < records.size(); index += FILES) {
        lines.write(records.record(index).payload());
        lines.write('\n');
      }
      written.add(Files.write(temp.resolve("records-" + file + ".jsonl"), lines.toByteArray()));
    }
    return written;
  }

  @AfterAll
  static void stop() throws Exception {
    matrix.close();
  }

  @TestFactory
  Stream<DynamicTest> nothing_is_lost_or_doubled_when_an_import_crashes() throws Exception {
    FaultSettings settings = FaultSettings.current();
    List<String> operators =
        StrikingOperators.namesIn(
            ImportCrashRun.graph(
                matrix.cluster().environment("hashmap", 1, true), matrix.shared()));
    List<ImportCase> cases = new ArrayList<>();
    for (int i = 0; i < settings.runsOr(1); i++) {
      long seed = settings.seed() + (long) SEEDS_APART * i;
      cases.addAll(
          settings.isLong()
              ? ImportCase.whole(operators, seed)
              : ImportCase.pairwise(operators, seed));
    }
    return matrix.tests(
        cases,
        tried ->
            () -> ImportCrashRun.of(tried, matrix.cluster(), matrix.emptyStores(), files, truth));
  }
}
