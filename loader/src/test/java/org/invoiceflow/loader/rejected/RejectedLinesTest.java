package org.invoiceflow.loader.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.invoiceflow.loader.Commands;
import org.invoiceflow.loader.TestFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code loader rejected} over files of the lake that lie on this machine. */
class RejectedLinesTest {

  private static final String CSV =
      "csv;charset=windows-1252;separator=comma;date=month-first;customer=plain;columns="
          + TestFiles.HEADER;

  @TempDir private Path folder;
  private Path lake;
  private Path out;

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void name_the_files() throws IOException {
    lake = Files.createDirectories(folder.resolve("rejected/ingest_date=2026-11-22/ingest_hour=7"));
    out = folder.resolve("mend.jsonl");
  }

  private Run run(String... more) {
    List<String> args =
        new ArrayList<>(List.of("rejected", "--from", folder.resolve("rejected").toString()));
    args.addAll(List.of("--out", out.toString()));
    args.addAll(Arrays.asList(more));
    StringWriter to = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Commands.run(
            new PrintWriter(to, true), new PrintWriter(err, true), args.toArray(String[]::new));
    return new Run(status, to.toString(), err.toString());
  }

  private static String rejection(String format, String payload, String rest, String... rules) {
    List<String> violations =
        Arrays.stream(rules)
            .map(r -> "{\"rule\":\"" + r + "\",\"field\":\"\",\"message\":\"because, of this\"}")
            .toList();
    return "{\"source\":\"s3://b/import/x.csv\",\"position\":\"line 7\",\"received_at\":"
        + "\"2026-11-22T07:00:00Z\",\"format\":\""
        + format
        + "\","
        + rest
        + "\"payload"
        + payload
        + ",\"violations\":["
        + String.join(",", violations)
        + "]}\n";
  }

  private static String json(String invoiceNo, String rule) {
    String text = "{\\\"InvoiceNo\\\":\\\"" + invoiceNo + "\\\",\\\"LineNo\\\":1}";
    return rejection("json", "\":\"" + text + "\"", "", rule);
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(
        lake.resolve(name),
        name.endsWith(".gz")
            ? TestFiles.gzip(String.join("", lines).getBytes(StandardCharsets.UTF_8))
            : String.join("", lines).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void drafts_and_reasons_stand_in_two_files_and_no_line_is_dropped() throws Exception {
    byte[] row = "1,a,\u00a3,one,12/1/2010 8:26,1,,x".getBytes(TestFiles.WINDOWS_1252);
    String base64 = Base64.getEncoder().encodeToString(row);
    write(
        "part-0.jsonl.gz",
        rejection(CSV, "_base64\":\"" + base64 + "\"", "\"line_no\":3,", "NOT_A_NUMBER", "NEWER"),
        json("2", "MISSING"),
        rejection("json", "_base64\":\"/w==\"", "", "UNREADABLE"),
        rejection("unreadable;no header", "\":\"x\"", "", "UNREADABLE"),
        rejection("parquet;v9", "\":\"text\"", "", "UNREADABLE"));
    write("_part-1.jsonl.gz", "unfinished");

    Run run = run();

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("rejected lines read +5\n")
        .containsPattern("no single lines +1\n")
        .containsPattern("to mend +4\n");
    assertThat(TestFiles.read(out).lines())
        .containsExactly(
            "{\"InvoiceNo\":\"1\",\"LineNo\":\"3\",\"StockCode\":\"a\",\"Description\":\"\u00a3\","
                + "\"Quantity\":\"one\",\"InvoiceDate\":\"2010-12-01T08:26:00\",\"UnitPrice\":\"1\","
                + "\"Country\":\"x\",\"SourceFile\":\"x.csv\"}",
            "{\"InvoiceNo\":\"2\",\"LineNo\":1}",
            "{\"Unreadable\":\"\ufffd\"}",
            "{\"Unreadable\":\"text\"}");
    assertThat(TestFiles.read(folder.resolve("mend.reasons.csv")).lines())
        .hasSize(1 + 6)
        .contains(
            MendingFiles.HEADER,
            "1,NEWER,,\"because, of this\",1,3,s3://b/import/x.csv,line 7,2026-11-22T07:00:00Z,"
                + "\"1,a,\u00a3,one,12/1/2010 8:26,1,,x\","
                + base64,
            "3,UNREADABLE,,\"because, of this\",,,s3://b/import/x.csv,line 7,2026-11-22T07:00:00Z,"
                + "\ufffd,/w==",
            ",UNREADABLE,,\"because, of this\",,,s3://b/import/x.csv,line 7,2026-11-22T07:00:00Z,"
                + "x,");
  }

  @Test
  void a_line_that_was_sent_again_is_mended_once() throws Exception {
    String alone = json("1", "MISSING");
    String inArray = alone.replace("{\\\"", "[{\\\"").replace("1}\"", "1}]\"");
    assertThat(inArray).contains("[{", "}]");
    write("part-0.jsonl", alone, json("2", "MISSING"), alone, inArray);

    assertThat(run().out()).containsPattern("repeated +2\n").containsPattern("to mend +2\n");
  }

  @Test
  void rules_and_invoices_choose_lines() throws Exception {
    write("a.jsonl", json("1", "MISSING"), json("2", "MISSING"), json("2", "TOO_LONG"));

    assertThat(run("--rule", "MISSING", "--invoice", "2").out())
        .containsPattern("of other rules or invoices +2\n")
        .containsPattern("to mend +1\n");
    assertThat(TestFiles.read(out)).isEqualTo("{\"InvoiceNo\":\"2\",\"LineNo\":1}\n");
  }

  @Test
  void nothing_to_mend_writes_no_file() throws Exception {
    write("a.jsonl", json("1", "MISSING"));

    assertThat(run("--invoice", "9").status()).isZero();
    assertThat(out).doesNotExist();
  }

  @Test
  void a_file_that_somebody_may_have_mended_is_not_overwritten() throws Exception {
    write("a.jsonl", json("1", "MISSING"));
    assertThat(run().status()).isZero();
    Files.writeString(out, "mended");

    Run again = run();

    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("mend.jsonl exists", "--out").doesNotContain("\tat ");
    assertThat(out).hasContent("mended");
  }

  @Test
  void what_is_not_of_rejected_is_refused_with_a_sentence() throws Exception {
    assertThat(run().err()).contains("There is no file below");
    write("a.jsonl", "{\"format\":\"json\",\"payload\":\"\"}\n");
    assertThat(run().err()).contains("a.jsonl line 1 is no line of rejected/");
    assertThat(run("--open").err()).contains("--open and --invoices-table belong together");
    assertThat(out).doesNotExist();
  }
}
