package org.invoiceflow.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line: exit codes, and one clear sentence for each mistake. */
class MainTest {

  private static final String GOOD = "1,a,d,1,12/31/2010 8:26,1,,x";

  private static final String READ_AS =
      "loader: f.csv is read as csv, charset=UTF-8, separator=comma, date=month-first,"
          + " customer=plain.\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void zero_if_all_lines_are_accepted() throws IOException {
    assertThat(send(TestFiles.csv(folder, "f.csv", GOOD))).isZero();

    assertThat(out.toString())
        .containsPattern("lines read +1\n")
        .containsPattern("accepted +1\n")
        .containsPattern("rejected by the loader +0\n")
        .containsPattern("rejected by the API +0\n")
        .containsPattern("requests +1\n")
        .containsPattern("retries +0\n")
        .contains("seconds", "lines per second");
    assertThat(err.toString()).isEqualTo(READ_AS);
  }

  @Test
  void one_if_some_lines_are_rejected_and_the_summary_counts_them_by_rule() throws IOException {
    Path file = TestFiles.csv(folder, "f.csv", GOOD, "2,,d,?,12/31/2010 8:26,1,,x");

    assertThat(send(file)).isEqualTo(1);

    assertThat(out.toString())
        .containsPattern("MISSING +1\n")
        .containsPattern("NOT_A_NUMBER +1\n")
        .contains("rejected lines are in " + file + ".rejects.csv");
  }

  @Test
  void three_if_the_service_refuses() throws IOException {
    api.first(FakeApi.status(403, "{\"message\":\"Forbidden\"}"));

    assertThat(send(TestFiles.csv(folder, "f.csv", GOOD))).isEqualTo(3);

    assertThat(err.toString())
        .isEqualTo(
            READ_AS
                + "loader: Gave up on line 2 of f.csv (what stands before is accounted for): the service"
                + " refused the request: status 403: Forbidden. Continue with:\n  loader send "
                + folder.resolve("f.csv")
                + " --url "
                + api.url()
                + " --resume\n");
    assertThat(out.toString()).containsPattern("read, but not accounted for +1\n");
  }

  @Test
  void four_if_the_rejects_file_cannot_be_written() throws IOException {
    Path file = TestFiles.csv(folder, "f.csv", "2,,d,?,12/31/2010 8:26,1,,x");

    int code = send(file, "--rejects", folder.resolve("no/such/folder.csv").toString());

    assertThat(code).isEqualTo(4);
    assertThat(err.toString())
        .startsWith(READ_AS + "loader: Writing the rejects file ")
        .contains(". Continue with:\n  loader send " + file)
        .endsWith(" --resume\n")
        .hasLineCount(3);
    assertThat(out.toString()).containsPattern("rejected by the loader +1\n");
  }

  @Test
  void a_file_that_can_be_read_no_further_says_how_to_go_on_behind_what_was_sent()
      throws IOException {
    String line =
        "{\"InvoiceNo\":\"%d\",\"LineNo\":1,\"StockCode\":\"a\",\"Quantity\":1,"
            + "\"InvoiceDate\":\"2010-12-31T08:26\",\"UnitPrice\":1.5,\"Country\":\"x\"}\n";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append(line.formatted(i));
    }
    byte[] packed = TestFiles.gzip(text.toString().getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("f.gz"), Arrays.copyOf(packed, packed.length - 1_000));

    assertThat(send(file)).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("loader: f.gz is read as json-lines.\nloader: Reading " + file + " failed: ")
        .contains(". Continue with:\n  loader send " + file)
        .endsWith(" --resume\n");
    int sent = api.lines().size();
    assertThat(sent).isPositive();
    assertThat(out.toString()).containsPattern("accepted +%,d\n".formatted(sent));
    assertThat(TestFiles.read(folder.resolve("f.gz.progress.json")))
        .contains("\"lines\" : " + sent + ",");
  }

  @Test
  void quiet_prints_nothing_when_all_is_well() throws IOException {
    assertThat(send(TestFiles.csv(folder, "f.csv", GOOD), "--quiet")).isZero();

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void a_file_that_is_not_there_is_bad_usage() {
    assertBadUsage(folder.resolve("no.csv"), "There is no file ");
  }

  @Test
  void a_folder_is_bad_usage() {
    assertBadUsage(folder, " is a folder; name one file.");
  }

  @Test
  void an_empty_file_is_bad_usage() throws IOException {
    assertBadUsage(TestFiles.write(folder, "f.csv", ""), "The file is empty");
  }

  @Test
  void a_wrong_header_is_bad_usage() throws IOException {
    assertBadUsage(TestFiles.write(folder, "f.csv", "Invoice,Thing\n1,2\n"), "missing StockCode");
  }

  @Test
  void a_wrong_encoding_is_bad_usage() throws IOException {
    Path file = TestFiles.csv(folder, "f.csv", "1,a,\u00a3,1,12/31/2010 8:26,1,,x");
    assertBadUsage(file, "Line 2 holds bytes that are not UTF-8", "--encoding", "utf-8");
  }

  @Test
  void unreadable_dates_are_bad_usage() throws IOException {
    Path file = TestFiles.csv(folder, "f.csv", "1,a,d,1,yesterday,1,,x");
    assertBadUsage(file, "yesterday");
  }

  @Test
  void a_truncated_gzip_is_bad_usage() throws IOException {
    byte[] packed =
        TestFiles.gzip((TestFiles.HEADER + "\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("f.csv.gz"), Arrays.copyOf(packed, 40));
    assertBadUsage(file, "Reading " + file + " failed: ");
  }

  @Test
  void a_json_array_is_bad_usage() throws IOException {
    assertBadUsage(TestFiles.write(folder, "f.json", "[{}]"), "one JSON object on each line");
  }

  @Test
  void a_url_of_something_else_is_bad_usage() throws IOException {
    String file = TestFiles.csv(folder, "f.csv", GOOD).toString();
    for (String url :
        new String[] {
          "ftp://x.org", "example.org", "http://", "http:///x", "http://x.org:99999", "::"
        }) {
      err.getBuffer().setLength(0);
      assertThat(run("send", file, "--url", url)).as(url).isEqualTo(2);
      assertThat(err.toString()).contains("URL").doesNotContain("\tat ");
    }
  }

  @Test
  void numbers_out_of_range_are_bad_usage() throws IOException {
    Path file = TestFiles.csv(folder, "f.csv", GOOD);
    assertBadUsage(file, "--batch goes from 1 to 500, but is 501.", "--batch", "501");
    assertBadUsage(file, "--in-flight goes from 1 to 64, but is 0.", "--in-flight", "0");
    assertBadUsage(file, "there is no charset 'klingon'", "--encoding", "klingon");
    assertBadUsage(file, "UTF-16", "--encoding", "UTF-16");
    assertBadUsage(file, "there is no date format", "--date-format", "yy");
    assertBadUsage(file, "is not one character", "--separator", "::");
  }

  @Test
  void options_of_another_way_to_authorize_are_bad_usage() throws IOException {
    Path file = TestFiles.csv(folder, "f.csv", GOOD);
    assertBadUsage(file, "--region is of use only with --auth iam.", "--region", "eu-west-1");
    assertBadUsage(file, "only with --auth bearer.", "--auth", "iam", "--token-file", "t");
    assertBadUsage(file, "The variable INVOICEFLOW_TOKEN holds no token.", "--auth", "bearer");
    assertBadUsage(file, "--auth", "--auth", "basic");
  }

  @Test
  void a_missing_option_is_bad_usage() {
    assertThat(run("send", "f.csv")).isEqualTo(2);
    assertThat(err.toString()).contains("--url").hasLineCount(2);
    assertThat(run()).isEqualTo(2);
    assertThat(run("fetch")).isEqualTo(2);
  }

  @Test
  void help_lists_the_exit_codes_of_every_command() {
    for (String command : new String[] {"send", "upload", "generate"}) {
      out.getBuffer().setLength(0);
      assertThat(run(command, "--help")).isZero();
      assertThat(out.toString()).contains("Exit codes:", "3   Gave up");
    }
  }

  @Test
  void generate_writes_a_file_and_names_one_that_it_cannot_write() {
    Path file = folder.resolve("g.csv");
    assertThat(run("generate", "--lines", "10", "--seed", "3", "--output", file.toString()))
        .isZero();
    assertThat(file.toFile().length()).isGreaterThan(500);

    assertThat(run("generate", "--output", folder.resolve("a/b").toString())).isEqualTo(4);
    assertThat(err.toString()).startsWith("loader: Writing ").hasLineCount(1);
    assertThat(run("generate", "--lines", "0")).isEqualTo(2);
  }

  private int send(Path file, String... more) {
    String[] args = new String[4 + more.length];
    args[0] = "send";
    args[1] = file.toString();
    args[2] = "--url";
    args[3] = api.url().toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return run(args);
  }

  private void assertBadUsage(Path file, String sentence, String... more) {
    err.getBuffer().setLength(0);
    assertThat(send(file, more)).isEqualTo(2);
    assertThat(err.toString()).startsWith("loader: ").contains(sentence).doesNotContain("\tat ");
    assertThat(api.bodies()).isEmpty();
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
