package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.invoiceflow.loader.FakeApi;
import org.invoiceflow.loader.TestFiles;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.StandardInput;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

  private static final int LINES = 1_000;
  private static final FakeApi.Misbehaviour REFUSAL =
      FakeApi.status(403, "{\"message\":\"Forbidden\"}");

  @TempDir private Path folder;
  private Path progress;
  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    progress = folder.resolve("p.json");
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_run_that_gave_up_goes_on_behind_the_last_line_that_is_accounted_for() throws Exception {
    Path file = mixedInvoices();
    giveUpAfter(30, options(file).withInFlight(1));
    assertThat(api.lines()).hasSize(300);

    SendResult result = send(options(file).withInFlight(1).resuming());

    assertThat(result.answeredBefore()).isEqualTo(300);
    assertThat(result.linesRead()).isEqualTo(LINES);
    assertThat(result.accepted()).isEqualTo(LINES);
    assertThat(result.requests()).isEqualTo(70);
    assertThat(api.lines()).isEqualTo(linesOfAWholeRun(file));
    assertThat(progress).doesNotExist();
  }

  @Test
  void answers_behind_an_unanswered_line_do_not_count() throws Exception {
    Path file = mixedInvoices();
    for (int seed = 0; seed < 5; seed++) {
      giveUpAfter(new Random(seed).nextInt(90), options(file).withInFlight(8));
      SendResult result = send(options(file).withInFlight(8).resuming());
      assertThat(result.accepted()).isEqualTo(LINES);
      assertThat(new HashSet<>(api.lines())).hasSize(LINES);
      assertThat(api.lines()).hasSizeLessThan(LINES + 18 * 10);
      stop();
      start();
    }
  }

  @Test
  void a_resumed_run_may_give_up_and_be_resumed() throws Exception {
    Path file = mixedInvoices();
    giveUpWithNothingUnderWay(10, options(file));
    giveUpWithNothingUnderWay(10, options(file).resuming());
    giveUpWithNothingUnderWay(0, options(file).resuming());

    SendResult result = send(options(file).resuming());

    assertThat(result.accepted()).isEqualTo(LINES);
    assertThat(new HashSet<>(api.lines())).hasSize(LINES);
  }

  @Test
  void json_lines_are_resumed_too() throws Exception {
    String line =
        "{\"InvoiceNo\":\"7\",\"LineNo\":%d,\"StockCode\":\"a\",\"Quantity\":1,"
            + "\"InvoiceDate\":\"2010-12-31T08:26\",\"UnitPrice\":1.5,\"Country\":\"x\"}";
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < 300; i += 3) {
      text.append(line.formatted(i) + "\n[" + line.formatted(i + 1) + "," + line.formatted(i + 2))
          .append("]\n\n");
    }
    Path file = TestFiles.write(folder, "e.jsonl", text.toString());
    giveUpAfter(11, options(file));

    SendResult result = send(options(file).resuming());

    assertThat(result.linesRead()).isEqualTo(300);
    assertThat(new HashSet<>(api.lines())).hasSize(300);
  }

  @Test
  void refused_lines_are_neither_lost_nor_written_twice() throws Exception {
    Path file = withBrokenLines();
    api.refusing(line -> line.stockCode().endsWith("3"));
    Path whole = folder.resolve("whole.csv");
    SendResult uninterrupted = send(SendOptions.of(file, api.url()).withRejects(whole));
    Path rejects = folder.resolve("r.csv");
    SendOptions options = options(file).withRejects(rejects);
    giveUpAfter(20, options);
    // As a part leaves them that is killed between the rejects and the note of its progress.
    Files.writeString(rejects, "999,MISSING,StockCode,half a r", StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("r.jsonl"), "{\"InvoiceNo\":\"99", StandardOpenOption.APPEND);

    SendResult result = send(options.resuming());

    assertThat(rejects).hasSameTextualContentAs(whole);
    assertThat(folder.resolve("r.jsonl")).hasSameTextualContentAs(folder.resolve("whole.jsonl"));
    assertThat(result.rejectedByRule()).isEqualTo(uninterrupted.rejectedByRule());
    assertThat(result.rejectedByLoader()).isEqualTo(uninterrupted.rejectedByLoader());
    assertThat(result.rejectedByApi()).isEqualTo(uninterrupted.rejectedByApi());
  }

  @Test
  void refused_lines_that_were_written_before_the_first_note_are_written_once() throws Exception {
    Path file = withBrokenLines();
    Path rejects = folder.resolve("r.csv");
    SendOptions options = options(file).withRejects(rejects).withInFlight(1);
    giveUpAfter(0, options);
    Files.writeString(rejects, RejectsFile.HEADER + "\n999,MISSING,StockCode,m,row\n");

    SendResult result = send(options.resuming());

    assertThat(Files.readAllLines(rejects)).hasSize(1 + (int) result.rejected());
  }

  @Test
  void a_file_that_lies_where_drafts_would_is_not_removed_by_a_resumed_run() throws Exception {
    SendOptions options = options(mixedInvoices()).withRejects(folder.resolve("r.csv"));
    giveUpWithNothingUnderWay(0, options);
    Path mine = Files.writeString(folder.resolve("r.jsonl"), "mine");

    assertNotResumed(options, mine + " exists and is not of an earlier run");

    assertThat(mine).hasContent("mine");
  }

  @Test
  void a_run_that_is_refused_at_its_start_leaves_the_progress_of_the_one_before() throws Exception {
    Path file = mixedInvoices();
    giveUpAfter(30, options(file));
    Path mine = Files.writeString(folder.resolve("mine.csv"), "mine");

    assertThatThrownBy(() -> send(options(file).withRejects(mine)))
        .isInstanceOf(InputException.class);

    assertThat(send(options(file).resuming()).answeredBefore()).isPositive();
  }

  @Test
  void without_a_progress_file_a_resumed_run_starts_at_the_first_line() throws Exception {
    SendResult result = send(options(mixedInvoices()).resuming());

    assertThat(result.answeredBefore()).isZero();
    assertThat(result.accepted()).isEqualTo(LINES);
  }

  @Test
  void a_run_that_is_not_resumed_starts_at_the_first_line_and_is_whole() throws Exception {
    Path file = withBrokenLines();
    giveUpAfter(30, options(file));

    SendResult result = send(options(file));

    assertThat(result.answeredBefore()).isZero();
    assertThat(result.accepted() + result.rejected()).isEqualTo(LINES);
    assertThat(Files.readAllLines(result.rejectsFile().orElseThrow()))
        .hasSize(1 + (int) result.rejected());
    assertThat(progress).doesNotExist();
  }

  @Test
  void a_file_that_was_changed_is_not_resumed() throws Exception {
    Path file = mixedInvoices();
    giveUpWithNothingUnderWay(30, options(file));
    Files.writeString(file, "9,a,d,1,12/31/2010 8:26,1,,x\r\n", StandardOpenOption.APPEND);

    assertNotResumed(
        options(file),
        "m.csv is not what it was when " + progress + " was written. Send it from its start");
  }

  @Test
  void another_file_is_not_resumed() throws Exception {
    giveUpWithNothingUnderWay(30, options(mixedInvoices()));

    assertNotResumed(
        options(TestFiles.csv(folder, "other.csv", "9,a,d,1,12/31/2010 8:26,1,,x")),
        "is about m.csv, not about other.csv");
  }

  @Test
  void another_service_is_not_told_the_rest() throws Exception {
    Path file = mixedInvoices();
    giveUpWithNothingUnderWay(30, options(file));

    assertNotResumed(
        SendOptions.of(file, URI.create("http://127.0.0.1:9/other")).withProgress(progress),
        "not to http://127.0.0.1:9/other");
  }

  @Test
  void a_file_that_is_read_in_another_way_is_not_resumed() throws Exception {
    Path file = TestFiles.csv(folder, "f.csv", "9,a,d,1,1/2/2010 8:26,1,,x");
    CsvOptions monthFirst = CsvOptions.detectAll().withDateFormat(DateFormat.MONTH_FIRST);
    CsvOptions dayFirst = CsvOptions.detectAll().withDateFormat(DateFormat.DAY_FIRST);
    giveUpWithNothingUnderWay(0, options(file).withCsv(monthFirst));

    assertNotResumed(options(file).withCsv(dayFirst), "date=month-first");
  }

  @Test
  void rejects_that_are_gone_or_go_elsewhere_stop_a_resumed_run() throws Exception {
    Path file = withBrokenLines();
    giveUpWithNothingUnderWay(30, options(file));
    Path rejects = OutputFiles.rejectsOf(file);

    assertNotResumed(
        options(file).withRejects(folder.resolve("elsewhere.csv")), "give the same --rejects");
    byte[] written = Files.readAllBytes(rejects);
    Files.write(rejects, Arrays.copyOf(written, written.length - 1));
    assertNotResumed(options(file), rejects + " lacks lines");
    Files.delete(rejects);
    assertNotResumed(options(file), rejects + " lacks lines");
  }

  @Test
  void rejects_that_were_edited_stop_a_resumed_run() throws Exception {
    Path file = withBrokenLines();
    giveUpWithNothingUnderWay(30, options(file));
    Path rejects = OutputFiles.rejectsOf(file);

    for (Path edited : List.of(rejects, OutputFiles.draftsOf(rejects))) {
      byte[] written = Files.readAllBytes(edited);
      byte[] changed = written.clone();
      changed[changed.length - 3]++;
      Files.write(edited, changed);
      assertNotResumed(options(file), edited + " lacks lines");
      assertThat(edited).hasBinaryContent(changed);
      Files.write(edited, written);
    }
    assertThat(send(options(file).resuming()).answeredBefore()).isPositive();
  }

  @Test
  void a_file_of_the_users_is_no_progress_file() throws Exception {
    Path file = mixedInvoices();
    Files.writeString(progress, "{\"mine\": true}");

    for (SendOptions options : List.of(options(file), options(file).resuming())) {
      assertThatThrownBy(() -> send(options))
          .isInstanceOf(InputException.class)
          .hasMessage(progress + " is no progress file; name another one with --progress.");
    }
    assertThat(progress).hasContent("{\"mine\": true}");
  }

  @Test
  void standard_input_is_resumed_by_passing_over_what_is_accounted_for() throws Exception {
    byte[] bytes = Files.readAllBytes(mixedInvoices());
    SendOptions options = standardInput();
    FakeApi.Misbehaviour[] answers = new FakeApi.Misbehaviour[31];
    Arrays.fill(answers, FakeApi.wellBehaved());
    answers[30] = REFUSAL;
    api.first(answers);
    assertThatThrownBy(() -> send(options, bytes)).isInstanceOf(GaveUpException.class);

    SendResult result = send(options.resuming(), bytes);

    assertThat(result.answeredBefore()).isEqualTo(300);
    assertThat(result.accepted()).isEqualTo(LINES);
    assertThat(api.lines()).hasSize(LINES).doesNotHaveDuplicates();
  }

  @Test
  void standard_input_that_begins_otherwise_is_not_resumed() throws Exception {
    byte[] bytes = Files.readAllBytes(mixedInvoices());
    api.first(FakeApi.wellBehaved(), REFUSAL);
    assertThatThrownBy(() -> send(standardInput(), bytes)).isInstanceOf(GaveUpException.class);
    int bodies = api.bodies().size();
    byte[] other = bytes.clone();
    other[TestFiles.HEADER.length() + 2] = '8';
    byte[] shorter = Arrays.copyOf(bytes, TestFiles.HEADER.length() + 60);

    for (byte[] content : List.of(other, shorter)) {
      assertThatThrownBy(() -> send(standardInput().resuming(), content))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("stdin is not what it was");
    }
    assertThat(api.bodies()).hasSize(bodies);
  }

  private SendOptions standardInput() {
    return options(StandardInput.PATH)
        .withInFlight(1)
        .withRejects(folder.resolve("stdin.rejects.csv"))
        .withCsv(
            CsvOptions.detectAll()
                .withCharset(TestFiles.WINDOWS_1252)
                .withDateFormat(DateFormat.MONTH_FIRST));
  }

  private static SendResult send(SendOptions options, byte[] standardInput) throws Exception {
    return new Loaders()
        .reading(new ByteArrayInputStream(standardInput))
        .send(options, SendListener.NONE);
  }

  private void assertNotResumed(SendOptions options, String sentence) {
    int bodies = api.bodies().size();
    assertThatThrownBy(() -> send(options.resuming()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence);
    assertThat(api.bodies()).hasSize(bodies);
    assertThat(progress).exists();
  }

  /** So that no request arrives when the run has ended. */
  private void giveUpWithNothingUnderWay(int requests, SendOptions options) {
    giveUpAfter(requests, options.withInFlight(1));
  }

  private void giveUpAfter(int requests, SendOptions options) {
    FakeApi.Misbehaviour[] answers = new FakeApi.Misbehaviour[requests + 1];
    Arrays.fill(answers, FakeApi.wellBehaved());
    answers[requests] = REFUSAL;
    api.first(answers);
    assertThatThrownBy(() -> send(options)).isInstanceOf(GaveUpException.class);
    assertThat(progress).exists();
  }

  private List<InvoiceLine> linesOfAWholeRun(Path file) throws Exception {
    try (FakeApi other = new FakeApi()) {
      send(SendOptions.of(file, other.url()).withInFlight(1));
      return other.lines();
    }
  }

  /** Rows of 37 invoices, none of them in one piece. */
  private Path mixedInvoices() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      rows.add(i % 37 + ",c" + i + ",d,1,12/31/2010 8:26,1,,x");
    }
    return TestFiles.csv(folder, "m.csv", rows.toArray(String[]::new));
  }

  private Path withBrokenLines() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      rows.add(i % 37 + ",c" + i + ",d," + (i % 7 == 0 ? "?" : "1") + ",12/31/2010 8:26,1,,x");
    }
    return TestFiles.csv(folder, "b.csv", rows.toArray(String[]::new));
  }

  private SendOptions options(Path file) {
    return SendOptions.of(file, api.url()).withBatchLines(10).withProgress(progress);
  }

  private static SendResult send(SendOptions options) throws Exception {
    return new Loaders().withoutJitter().send(options, SendListener.NONE);
  }
}
