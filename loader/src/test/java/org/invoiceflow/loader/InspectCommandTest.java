package org.invoiceflow.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code loader inspect} and {@code loader send --dry-run}: what is said without sending. */
class InspectCommandTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void the_sample_is_described() {
    assertThat(run("inspect", TestFiles.sample().toString())).isZero();

    assertThat(out.toString())
        .contains("packing       none\n")
        .contains("format        CSV, 5,000 rows\n")
        .containsPattern("encoding      windows-1252, \\d+ rows beyond ASCII\n")
        .contains("separator     comma\n")
        .contains("header        first edition of the public data set: InvoiceNo, ")
        .contains("dates         month-first, M/d/yyyy H:mm[:ss] (5,000 of 5,000)\n")
        .contains("customers     3,740 rows name one, as written\n")
        .contains("line numbers  counted per invoice, in the order of the file\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void the_later_edition_is_recognized() throws IOException {
    Path file =
        Files.write(
            folder.resolve("later.csv.gz"),
            TestFiles.gzip(
                ("\ufeffInvoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\r\n"
                        + "489434,85048,\"LIGHTS, \u00a35\",12,2009-12-01 07:45:00,6.95,13085.0,EIRE\r\n")
                    .getBytes(StandardCharsets.UTF_8)));

    assertThat(run("inspect", file.toString())).isZero();

    assertThat(out.toString())
        .contains("packing       gzip\n")
        .contains("encoding      UTF-8, with byte order mark, 1 rows beyond ASCII\n")
        .contains("header        later edition of the public data set: Invoice, ")
        .contains("dates         iso, ")
        .contains("customers     1 rows name one, written 13085.0 for 13085\n");
  }

  @Test
  void two_date_formats_that_fit_are_named_and_asked_for() throws IOException {
    Path file = TestFiles.csv(folder, "f.csv", "1,a,b,1,1/2/2010 8:26,1,,x");

    assertThat(run("inspect", file.toString())).isEqualTo(2);

    assertThat(out.toString())
        .contains("dates         not to be told: month-first, ")
        .contains(" or day-first, ");
    assertThat(err.toString())
        .contains("choose one with --date-format month-first or --date-format day-first.");
    assertThat(run("inspect", file.toString(), "--date-format", "day-first")).isZero();
  }

  @Test
  void dates_that_contradict_each_other_are_named_and_asked_for() throws IOException {
    Path file =
        TestFiles.csv(
            folder,
            "f.csv",
            "1,a,b,1,12/31/2010 8:26,1,,x",
            "2,a,b,1,12/30/2010 8:26,1,,x",
            "3,a,b,1,1/2/2010 8:26,1,,x",
            "4,a,b,1,31/12/2010 8:26,1,,x");

    assertThat(run("inspect", file.toString())).isEqualTo(2);

    assertThat(out.toString())
        .contains(
            "dates         not to be told: month-first, ", "(3 of 4) or day-first, ", "2 of 4");
    assertThat(err.toString()).contains(": The dates contradict each other: ");
    assertThat(run("send", file.toString(), "--dry-run")).isEqualTo(2);
    assertThat(run("send", file.toString(), "--dry-run", "--date-format", "month-first"))
        .isEqualTo(1);
  }

  @Test
  void customers_of_two_forms_are_warned_of_by_every_command_that_reads_them() throws Exception {
    Path file =
        TestFiles.csv(
            folder,
            "f.csv",
            "1,a,b,1,12/31/2010 8:26,1,13085.0,x",
            "2,a,b,1,12/31/2010 8:26,1,TEST,x");
    String warning =
        "loader: f.csv: 1 of 2 rows that name a customer write it with .0 (line 2 has '13085.0'),"
            + " but line 3 has 'TEST'";

    assertThat(run("inspect", file.toString())).isZero();
    assertThat(err.toString()).startsWith(warning);
    err.getBuffer().setLength(0);
    assertThat(run("send", file.toString(), "--dry-run", "--quiet")).isZero();
    assertThat(err.toString()).startsWith(warning).endsWith("mend the file first.\n");
    err.getBuffer().setLength(0);
    try (FakeApi api = new FakeApi()) {
      assertThat(run("send", file.toString(), "--url", api.url().toString())).isZero();
    }
    assertThat(err.toString()).contains("\n" + warning);
  }

  @Test
  void columns_that_are_not_read_and_own_line_numbers_are_named() throws IOException {
    Path file =
        TestFiles.write(
            folder,
            "f.csv",
            "Note|invoice_no|LineNo|StockCode|Description|Quantity|InvoiceDate|UnitPrice|CustomerID"
                + "|Country\nn|1|4|a|b|1|2010-12-31 08:26|1||x\n");

    assertThat(run("inspect", file.toString())).isZero();

    assertThat(out.toString())
        .contains("separator     pipe\n", "(ignored: Note)\n", "from the column LineNo\n")
        .contains("customers     none\n");
  }

  @Test
  void json_lines_are_described() throws IOException {
    assertThat(run("inspect", TestFiles.write(folder, "f", "{}\n").toString())).isZero();
    assertThat(out.toString()).contains("format        JSON Lines");
  }

  @Test
  void a_dry_run_prints_what_the_file_holds_and_sends_nothing() {
    assertThat(run("send", TestFiles.sample().toString(), "--dry-run")).isZero();

    assertThat(out.toString())
        .containsPattern("lines +5,000\n")
        .containsPattern("would be rejected +0\n")
        .containsPattern("invoices +202\n")
        .containsPattern("customers +82\n")
        .containsPattern("lines without customer +1,260\n")
        .containsPattern("exact total +114326.381\n")
        .containsPattern("first date +2024-01-04T08:00:00\n")
        .contains("  sales ", "  cancellations ", "  adjustments ", "  guests (no customer) ")
        .endsWith("Nothing was sent.\n");
  }

  @Test
  void a_dry_run_says_what_would_be_rejected_and_why() throws IOException {
    String bad = "7,,d,?,12/31/2010 8:26,1,,x";
    Path file =
        TestFiles.csv(folder, "f.csv", "7,a,d,2,12/31/2010 8:26,1.25,,x", bad, bad, bad, bad);

    assertThat(run("send", file.toString(), "--dry-run")).isEqualTo(1);

    assertThat(out.toString())
        .containsPattern("would be sent +1\n")
        .containsPattern("would be rejected +4\n")
        .containsPattern(
            "rejected by MISSING +4\n"
                + "  line 3: StockCode is missing\n  line 4: .*\n  line 5: .*\n  and 1 more\n")
        .containsPattern("rejected by NOT_A_NUMBER +4\n  line 3: Quantity '\\?' is not");
    assertThat(folder.resolve("f.csv.rejects.csv")).doesNotExist();
    Path rejects = folder.resolve("r.csv");
    assertThat(run("send", file.toString(), "--dry-run", "--rejects", rejects.toString()))
        .isEqualTo(1);
    assertThat(Files.readAllLines(rejects)).hasSize(1 + 4 * 2);
  }

  @Test
  void a_dry_run_names_invoices_that_contradict_themselves() throws IOException {
    Path file =
        TestFiles.csv(
            folder,
            "f.csv",
            "7,a,d,1,12/31/2010 8:26,1,,x",
            "7,a,d,1,12/31/2010 8:26,1,11,x",
            "8,a,d,1,12/31/2010 8:26,1,11,x",
            "8,a,d,1,12/31/2010 8:26,1,12,x",
            "9,a,d,1,12/31/2010 8:26,1,,x");

    assertThat(run("send", file.toString(), "--dry-run")).isZero();

    assertThat(out.toString())
        .containsPattern("guests \\(no customer\\) +1\n")
        .containsPattern("customers +2\n")
        .containsPattern("invoices of two customers +1\n  such as 8; ");
  }

  @Test
  void a_dry_run_of_a_file_that_cannot_be_read_is_bad_usage() {
    assertThat(run("send", folder.resolve("no.csv").toString(), "--dry-run")).isEqualTo(2);
    assertThat(err.toString()).startsWith("loader: There is no file ").hasLineCount(1);
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
