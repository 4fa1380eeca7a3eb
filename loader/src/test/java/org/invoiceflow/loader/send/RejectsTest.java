package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.invoiceflow.loader.FakeApi;
import org.invoiceflow.loader.TestFiles;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loader refuses, and the file that it writes about it. */
class RejectsTest {

  private static final String GOOD = "1,a,d,1,12/31/2010 8:26,1,,x";

  @TempDir private Path folder;
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
  void every_rule_that_a_csv_row_can_break_is_named_with_its_line() throws Exception {
    Path file =
        TestFiles.csv(
            folder,
            "bad.csv",
            GOOD,
            "2,a,d,1,12/31/2010 8:26,1",
            "3,,d,1,12/31/2010 8:26,1,,x",
            "4,a,d,one,12/31/2010 8:26,1,,x",
            "5,a,d,1,31/12/2010 8:26,1,,x",
            "6,a,d,1,12/31/2010 8:26,1000000000,,x",
            "7,a,d,1,12/31/2010 8:26,0.00001,,x",
            "8," + "a".repeat(65) + ",d,1,12/31/2010 8:26,1,,x",
            "\" 9\",a,d,1,12/31/2010 8:26,1,,x",
            "10,a,\"\u0000\",1,12/31/2010 8:26,1,,x",
            "11,,d,one,12/31/2010 8:26,two,,x",
            GOOD);

    SendResult result = send(file);

    assertThat(result.accepted()).isEqualTo(2);
    assertThat(result.rejectedByLoader()).isEqualTo(10);
    assertThat(lineAndRule(result))
        .containsExactly(
            "3,UNREADABLE",
            "4,MISSING",
            "5,NOT_A_NUMBER",
            "6,NOT_A_DATE",
            "7,OUT_OF_RANGE",
            "8,TOO_MANY_DECIMALS",
            "9,TOO_LONG",
            "10,OUTER_WHITESPACE",
            "11,UNSTORABLE_CHARACTER",
            "12,MISSING",
            "12,NOT_A_NUMBER",
            "12,NOT_A_NUMBER");
  }

  @Test
  void every_rule_that_only_json_can_break_is_named_too() throws Exception {
    String rest =
        ",\"LineNo\":1,\"StockCode\":\"a\",\"Quantity\":1,\"InvoiceDate\":\"2010-12-31T08:26\","
            + "\"UnitPrice\":1,\"Country\":\"x\"}\n";
    Path file =
        TestFiles.write(
            folder,
            "bad.jsonl",
            "{\"InvoiceNo\":\"1\""
                + rest
                + "\n{\"InvoiceNo\":\"2\",\"InvoiceNo\":\"3\""
                + rest
                + "{\"InvoiceNo\":\"4\",\"Discount\":1"
                + rest
                + "{\"InvoiceNo\":5"
                + rest
                + "{\"InvoiceNo\"\n"
                + "{\"InvoiceNo\":\"7\\ud800\""
                + rest
                + "{\"InvoiceNo\":\"8\"}\n");

    SendResult result = send(file);

    assertThat(result.accepted()).isEqualTo(1);
    assertThat(lineAndRule(result))
        .startsWith(
            "3,DUPLICATE_FIELD",
            "4,UNKNOWN_FIELD",
            "5,WRONG_TYPE",
            "6,UNREADABLE",
            "7,UNSTORABLE_CHARACTER",
            "8,MISSING");
  }

  @Test
  void mended_lines_keep_their_number_and_file_when_they_are_sent_again() throws Exception {
    Path file =
        TestFiles.csv(
            folder,
            "export.csv",
            "7,a,first,1,12/31/2010 8:26,1,,x",
            "7,a,second,one,12/31/2010 8:26,1,,x",
            "7,a,third,1,12/31/2010 8:26,1,,x",
            "7,a,fourth,1,12/31/2010 8:26,1");
    SendResult first = send(file);
    Path drafts = first.draftsFile().orElseThrow();
    assertThat(drafts).hasFileName("export.csv.rejects.jsonl");
    SendResult notMended = send(drafts);
    assertThat(notMended.accepted()).isZero();
    String mended =
        TestFiles.read(drafts)
            .replace("\"one\"", "2")
            .replaceAll(",\"Unreadable\".*\\}", ",\"Country\":\"y\"}");
    Files.writeString(drafts, mended);

    SendResult second = send(drafts);

    assertThat(second.rejected()).isZero();
    assertThat(second.rejectsFile()).isEmpty();
    assertThat(api.lines())
        .extracting(l -> l.lineNo() + " " + l.description() + " " + l.sourceFile().orElse(""))
        .containsExactly(
            "1 first export.csv",
            "3 third export.csv",
            "2 second export.csv",
            "4 fourth export.csv");
  }

  @Test
  void drafts_that_somebody_may_have_mended_survive_another_run() throws Exception {
    Path file = TestFiles.csv(folder, "bad.csv", "4,a,d,one,12/31/2010 8:26,1,,x");
    Path drafts = send(file).draftsFile().orElseThrow();
    Files.writeString(drafts, "mended");

    send(file);

    assertThat(drafts).content().contains("\"one\"");
    assertThat(drafts.resolveSibling(drafts.getFileName() + RejectsFile.OLD)).hasContent("mended");
  }

  @Test
  void only_what_depends_on_stored_lines_is_left_to_the_service() throws Exception {
    every_rule_that_a_csv_row_can_break_is_named_with_its_line();
    Set<String> named = rulesIn(folder.resolve("bad.csv.rejects.csv"));
    every_rule_that_only_json_can_break_is_named_too();
    named.addAll(rulesIn(folder.resolve("bad.jsonl.rejects.csv")));

    Set<Rule> unnamed = EnumSet.allOf(Rule.class);
    unnamed.removeIf(rule -> named.contains(rule.name()));
    assertThat(unnamed)
        .containsExactlyInAnyOrder(
            Rule.CONFLICTING_CONTENT, Rule.REPEATED_FROM_OTHER_FILE, Rule.CONFLICTING_CUSTOMER);
  }

  @Test
  void a_row_stands_in_the_rejects_file_as_in_the_source_but_in_utf_8() throws Exception {
    Path file = TestFiles.csv(folder, "p.csv", "1,a,\"Gift, \u00a320\",1.5,12/31/2010 8:26,1,,x");

    SendResult result = send(file);

    assertThat(TestFiles.read(result.rejectsFile().orElseThrow()))
        .isEqualTo(
            "file_line,rule,field,message,row\n"
                + "2,NOT_A_NUMBER,Quantity,Quantity '1.5' is not a whole number,"
                + "\"1,a,\"\"Gift, \u00a320\"\",1.5,12/31/2010 8:26,1,,x\"\n");
  }

  @Test
  void refusals_of_loader_and_api_stand_in_the_order_of_the_file() throws Exception {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String quantity = i % 7 == 0 ? "?" : "1";
      rows.add(i / 5 + ",c" + i + ",d," + quantity + ",12/31/2010 8:26,1,,x");
    }
    api.refusing(line -> line.stockCode().endsWith("3"));

    SendResult result =
        new Loaders()
            .withoutJitter()
            .send(
                SendOptions.of(
                        TestFiles.csv(folder, "m.csv", rows.toArray(String[]::new)), api.url())
                    .withBatchLines(16),
                SendListener.NONE);

    List<Long> fileLines =
        lineAndRule(result).stream().map(l -> Long.valueOf(l.split(",", -1)[0])).toList();
    assertThat(fileLines).isSorted().doesNotHaveDuplicates();
    assertThat(result.rejectedByLoader()).isEqualTo(86);
    assertThat(fileLines).hasSize((int) result.rejected());
    assertThat(result.accepted() + result.rejected()).isEqualTo(600);
  }

  @Test
  void nothing_is_written_if_nothing_is_refused() throws Exception {
    SendResult result = send(TestFiles.csv(folder, "good.csv", GOOD));

    assertThat(result.rejectsFile()).isEmpty();
    assertThat(folder.resolve("good.csv.rejects.csv")).doesNotExist();
  }

  @Test
  void the_rejects_file_of_an_earlier_run_goes_away() throws Exception {
    send(TestFiles.csv(folder, "f.csv", "1,a,d,?,12/31/2010 8:26,1,,x"));
    assertThat(folder.resolve("f.csv.rejects.csv")).exists();

    send(TestFiles.csv(folder, "f.csv", GOOD));

    assertThat(folder.resolve("f.csv.rejects.csv")).doesNotExist();
  }

  @Test
  void drafts_that_were_kept_are_never_replaced() throws Exception {
    Path file = TestFiles.csv(folder, "bad.csv", "4,a,d,one,12/31/2010 8:26,1,,x");
    Path drafts = send(file).draftsFile().orElseThrow();
    for (String mended : List.of("first", "second", "second")) {
      Files.writeString(drafts, mended);
      send(file);
    }

    String name = drafts + RejectsFile.OLD;
    assertThat(Path.of(name)).hasContent("first");
    assertThat(Path.of(name + "2")).hasContent("second");
    assertThat(Path.of(name + "3")).doesNotExist();
  }

  @Test
  void a_file_of_the_users_is_never_overwritten() throws Exception {
    Path file = TestFiles.csv(folder, "f.csv", GOOD);
    SendOptions options = SendOptions.of(file, api.url());

    assertRefused(options.withRejects(file), "is what is to be sent");
    assertRefused(options.withProgress(file), "is what is to be sent");
    Path mine = Files.writeString(folder.resolve("mine.csv"), "mine");
    assertRefused(options.withRejects(mine), "is no rejects file");
    assertThat(TestFiles.read(file)).contains(GOOD);
    assertThat(mine).hasContent("mine");
  }

  @Test
  void what_is_sent_is_never_renamed_to_make_room_for_drafts() throws Exception {
    Path file = TestFiles.csv(folder, "mend.jsonl", GOOD);
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), file);
    SendOptions options = SendOptions.of(file, api.url());

    assertRefused(options.withRejects(folder.resolve("mend.csv")), "mend.jsonl is what is to be");
    assertRefused(options.withRejects(folder.resolve("link.csv")), link + " is what is to be sent");
    assertThatThrownBy(
            () ->
                DryRun.of(
                    InvoiceInput.at(file, InputStream.nullInputStream()),
                    CsvOptions.detectAll(),
                    Optional.of(folder.resolve("mend.csv")),
                    SendListener.NONE))
        .isInstanceOf(InputException.class);
    assertThat(TestFiles.read(file)).contains(GOOD);
    assertThat(folder.resolve("mend.jsonl.old")).doesNotExist();
  }

  @Test
  void a_file_that_lies_where_drafts_would_is_not_renamed_unless_it_holds_some() throws Exception {
    Path file = TestFiles.csv(folder, "f.csv", "4,a,d,one,12/31/2010 8:26,1,,x");
    Path mine = Files.writeString(folder.resolve("mine.jsonl"), "mine");
    SendOptions options =
        SendOptions.of(file, api.url())
            .withRejects(folder.resolve("mine.csv"))
            .withProgress(folder.resolve("p"));

    assertRefused(options, mine + " exists and is not of an earlier run");
    assertRefused(options.resuming(), mine + " exists and is not of an earlier run");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void the_files_about_a_run_have_names_of_their_own() throws Exception {
    SendOptions options = SendOptions.of(TestFiles.csv(folder, "f.csv", GOOD), api.url());
    Path rejects = folder.resolve("r.csv");

    assertRefused(options.withRejects(rejects).withProgress(rejects), "both");
    assertRefused(
        options.withRejects(rejects).withProgress(folder.resolve("r.jsonl")), "both drafts and");
  }

  @Test
  void the_file_that_a_progress_file_is_made_from_takes_no_place_of_the_users() throws Exception {
    Path file = TestFiles.csv(folder, "f.new", GOOD);
    SendOptions options = SendOptions.of(file, api.url());

    assertRefused(options.withProgress(folder.resolve("f")), file + " is what is to be sent");
    Path mine = Files.writeString(folder.resolve("p.new"), "mine");
    assertRefused(options.withProgress(folder.resolve("p")), mine + " exists and is no progress");
    assertThat(mine).hasContent("mine");
    // As a run leaves it that is killed while it writes.
    Files.writeString(mine, "{\n  \"loaderPro");
    new Loaders()
        .withoutJitter()
        .send(options.withProgress(folder.resolve("p")), SendListener.NONE);
    assertThat(mine).doesNotExist();
  }

  private void assertRefused(SendOptions options, String sentence) {
    assertThatThrownBy(() -> new Loaders().withoutJitter().send(options, SendListener.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence);
    assertThat(api.bodies()).isEmpty();
  }

  private SendResult send(Path file) throws Exception {
    return new Loaders().withoutJitter().send(SendOptions.of(file, api.url()), SendListener.NONE);
  }

  private static List<String> lineAndRule(SendResult result) throws IOException {
    return rows(result.rejectsFile().orElseThrow()).stream()
        .map(row -> row.split(",", -1)[0] + "," + row.split(",", -1)[1])
        .toList();
  }

  private static Set<String> rulesIn(Path rejects) throws IOException {
    return rows(rejects).stream().map(row -> row.split(",", -1)[1]).collect(Collectors.toSet());
  }

  private static List<String> rows(Path rejects) throws IOException {
    return Files.readAllLines(rejects).stream().skip(1).toList();
  }
}
