package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.faults.Trial.Expected;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.StoredData;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same invoices, or those of the same customers, by several ways: in turn and at once. */
@ExtendWith(UnjudgedRuns.class)
class SeveralWritersITCase {

  private static final String SUITE = "several-writers";
  private static final int LINES = 3_000;

  /** Short, so that the stream writes often while the import writes. */
  private static final String FLUSH_DELAY_MILLIS = "100";

  @TempDir Path temp;

  static LongStream seeds() {
    return DisorderedStreamITCase.seeds();
  }

  static Stream<Arguments> seedsWithAndWithoutState() {
    return seeds()
        .boxed()
        .flatMap(seed -> Stream.of(Arguments.of(seed, true), Arguments.of(seed, false)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_file_that_comes_twice_by_stream_and_twice_by_import_is_stored_once(long seed)
      throws Exception {
    Random random = new Random(seed);
    GeneratedFile file = file(seed);
    List<InvoiceLine> lines = file.lines();
    try (Trial trial = new Trial(SUITE, seed, temp)) {
      JobRun stream = stream(trial);
      trial.putAll(Batches.mixed(lines, random));
      trial.settle(Expected.onceEach(lines));
      StoredData once = StoredData.read(trial.stores());

      trial.putAll(Batches.mixed(lines, random));
      trial.upload("import/lines.csv", Files.readAllBytes(file.path()));
      JobRun first = trial.importing("import/");
      first.end();
      JobRun second = trial.importing("import/");
      second.end();
      trial.settle(Expected.of(lines, 4L * lines.size()));

      assertThat(stream.count(JobMetrics.LINES_DUPLICATE)).isEqualTo(lines.size());
      assertThat(List.of(first, second))
          .allMatch(run -> run.count(JobMetrics.LINES_ALREADY_STORED) == lines.size());
      trial.judge("a file, four times", 3, Expected.of(lines, 4L * lines.size()));
      assertThat(StoredData.read(trial.stores())).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_file_that_comes_by_stream_and_import_at_once_is_stored_once(long seed) throws Exception {
    GeneratedFile file = file(seed);
    List<InvoiceLine> lines = file.lines();
    try (Trial trial = new Trial(SUITE, seed, temp)) {
      trial.upload("import/lines.csv", Files.readAllBytes(file.path()));
      int atOnce = streamWhileImporting(trial, Batches.mixed(lines, new Random(seed)));

      trial.judge(
          "a file, by stream and import at once",
          atOnce,
          Expected.of(lines, 2L * lines.size()).atOnce());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void customers_whose_invoices_come_half_by_stream_and_half_by_import_are_whole(long seed)
      throws Exception {
    Random random = new Random(seed);
    List<InvoiceLine> lines = file(seed).lines();
    List<InvoiceLine> byStream = new ArrayList<>();
    List<InvoiceLine> byImport = new ArrayList<>();
    for (List<InvoiceLine> invoice : Batches.byInvoice(lines).values()) {
      (random.nextBoolean() ? byStream : byImport).addAll(invoice);
    }
    Set<String> both = customers(byStream);
    both.retainAll(customers(byImport));
    assertThat(both).as("customers that both write").hasSizeGreaterThan(10);
    try (Trial trial = new Trial(SUITE, seed, temp)) {
      trial.upload("import/half.jsonl", jsonLines(byImport));
      int atOnce = streamWhileImporting(trial, Batches.mixed(byStream, random));
      assertThat(atOnce).isPositive();

      trial.judge("halves of the same customers at once", both.size(), Expected.onceEach(lines));
    }
  }

  /**
   * With state, the stream remembers its own lines and nothing of the import's. Without, it is
   * another job that knows nothing at all.
   */
  @ParameterizedTest
  @MethodSource("seedsWithAndWithoutState")
  void invoices_that_come_by_stream_then_import_then_stream_are_whole(long seed, boolean withState)
      throws Exception {
    Random random = new Random(seed);
    List<InvoiceLine> lines = file(seed).lines();
    List<InvoiceLine> first = those(lines, lineNo -> lineNo % 3 == 0);
    List<InvoiceLine> second = those(lines, lineNo -> lineNo % 3 == 1);
    List<InvoiceLine> both = those(lines, lineNo -> lineNo % 3 != 2);
    try (Trial trial = new Trial(SUITE, seed, temp)) {
      JobRun stream = stream(trial);
      trial.putAll(Batches.mixed(first, random));
      trial.settle(Expected.onceEach(first));
      trial.upload("import/second.jsonl", jsonLines(second));
      trial.importing("import/").end();
      trial.settle(Expected.onceEach(both));

      JobRun last = withState ? stream : anotherStream(trial, stream);
      trial.putAll(Batches.mixed(lines, random));
      Expected expected = Expected.of(lines, (long) both.size() + lines.size());
      trial.settle(expected);

      assertThat(last.count(JobMetrics.LINES_DUPLICATE)).isEqualTo(withState ? first.size() : 0);
      assertThat(last.count(JobMetrics.LINES_ALREADY_STORED))
          .isEqualTo(withState ? second.size() : both.size());
      int invoices = Batches.byInvoice(both).size();
      String state = withState ? "with state" : "without state";
      trial.judge("stream, import, stream " + state, invoices, expected);
    }
  }

  private static JobRun stream(Trial trial) throws Exception {
    Map<String, Properties> groups = JobRun.streamOf(trial.stores());
    groups.get("views").setProperty("flush.delay.ms", FLUSH_DELAY_MILLIS);
    return trial.start(groups);
  }

  /** Ends the first and starts one that reads what comes from now on. */
  private static JobRun anotherStream(Trial trial, JobRun first) throws Exception {
    first.end();
    Map<String, Properties> groups = JobRun.streamOf(trial.stores());
    groups.get("source").setProperty("start.at", trial.afterArrivalOfAllBefore().toString());
    return trial.start(groups);
  }

  /**
   * Puts a third of the records before the import starts, a third while it reads and a third while
   * it writes. Returns how many were put while it ran.
   */
  private static int streamWhileImporting(Trial trial, List<List<InvoiceLine>> batches)
      throws Exception {
    int third = batches.size() / 3;
    JobRun unused = stream(trial);
    trial.putAll(batches.subList(0, third));
    JobRun importing = trial.importing("import/");
    awaitWhileRunning(importing, () -> importing.count(JobMetrics.LINES_READ) > 0);
    int atOnce = putWhileRunning(trial, importing, batches.subList(third, 2 * third));
    awaitWhileRunning(importing, () -> writtenBy(importing) > 0);
    atOnce += putWhileRunning(trial, importing, batches.subList(2 * third, batches.size()));
    importing.end();
    return atOnce;
  }

  private static long writtenBy(JobRun run) {
    return run.count(JobMetrics.LINES_ACCEPTED) + run.count(JobMetrics.LINES_ALREADY_STORED);
  }

  private static void awaitWhileRunning(JobRun run, Callable<Boolean> condition) {
    await().atMost(FaultSettings.PATIENCE).until(() -> condition.call() || run.hasEnded());
  }

  private static int putWhileRunning(Trial trial, JobRun run, List<List<InvoiceLine>> batches) {
    int put = 0;
    for (List<InvoiceLine> batch : batches) {
      put += run.hasEnded() ? 0 : 1;
      trial.putAll(List.of(batch));
    }
    return put;
  }

  /** Each line of the file a record: lines of one invoice. */
  private static byte[] jsonLines(Collection<InvoiceLine> lines) {
    return Batches.byInvoice(lines).values().stream()
        .map(LineJson::toJsonArray)
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<InvoiceLine> those(List<InvoiceLine> lines, IntPredicate lineNo) {
    return lines.stream().filter(line -> lineNo.test(line.lineNo())).toList();
  }

  private static Set<String> customers(List<InvoiceLine> lines) {
    return lines.stream()
        .flatMap(line -> line.customerId().stream())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private GeneratedFile file(long seed) throws IOException {
    return GeneratedFile.write(temp.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
  }
}
