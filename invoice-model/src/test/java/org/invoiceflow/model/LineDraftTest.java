package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person gets to mend, and that nothing is accepted which nobody has mended. */
class LineDraftTest {

  private static final String COLUMNS =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

  private static String draft(String row, int lineNo) {
    return draft(row.getBytes(StandardCharsets.UTF_8), lineNo, "UTF-8");
  }

  private static String draft(byte[] row, int lineNo, String charset) {
    CsvDialect dialect =
        CsvDialect.parse(
            "csv;charset="
                + charset
                + ";separator=comma;date=month-first;customer=point-zero;columns="
                + COLUMNS);
    return new CsvRowParser(dialect).draft(row, lineNo, "export.csv");
  }

  private static List<Violation> reasons(String draft) {
    JsonLines lines = LineJson.read(draft.getBytes(StandardCharsets.UTF_8));
    assertThat(lines.unreadable()).isEmpty();
    assertThat(draft).doesNotContain("\n", "\r");
    return lines.lines().get(0).result().violations();
  }

  @Test
  void a_row_becomes_row_json_with_its_number_its_file_and_a_readable_date() {
    String draft = draft("536365,85123A,\"A \"\"B\"\"\",six,12/1/2010 8:26,\"2,55\",17850.0,UK", 7);

    assertThat(draft)
        .isEqualTo(
            "{\"InvoiceNo\":\"536365\",\"LineNo\":\"7\",\"StockCode\":\"85123A\","
                + "\"Description\":\"A \\\"B\\\"\",\"Quantity\":\"six\","
                + "\"InvoiceDate\":\"2010-12-01T08:26:00\",\"UnitPrice\":\"2,55\","
                + "\"CustomerID\":\"17850\",\"Country\":\"UK\",\"SourceFile\":\"export.csv\"}");
    assertThat(reasons(draft)).extracting(Violation::rule).containsOnly(Rule.NOT_A_NUMBER);
    assertThat(reasons(draft.replace("six", "6").replace("2,55", "2.55"))).isEmpty();
  }

  @Test
  void an_unreadable_date_stays_as_it_was_written() {
    assertThat(draft("1,a,d,1,31/12/2010 8:26,1,,x", 1))
        .contains("\"InvoiceDate\":\"31/12/2010 8:26\"");
  }

  @Test
  void a_row_with_too_few_columns_is_refused_until_somebody_mends_it() {
    String draft = draft("800100,85123A,HOLDER,6,12/13/2010 8:26,2.55", 1);

    assertThat(draft).contains("\"StockCode\":\"85123A\"", "\"LineNo\":\"1\"");
    assertThat(reasons(draft)).extracting(Violation::field).containsExactly("Unreadable");
  }

  @Test
  void a_row_whose_quotes_do_not_close_keeps_its_text() {
    String draft = draft("800101,85123A,\"HOLDER,6,12/13/2010 8:26,2.55,,UK", 1);

    assertThat(draft)
        .contains("\"Unreadable\":\"800101,85123A,\\\"HOLDER,6,12/13/2010 8:26,2.55,,UK\"");
    assertThat(reasons(draft)).isNotEmpty();
  }

  @Test
  void bytes_that_are_not_in_the_charset_do_not_pass_as_an_empty_description() {
    byte[] row = "1,a,\u00a3,1,12/1/2010 8:26,1,,x".getBytes(Charset.forName("windows-1252"));

    assertThat(reasons(draft(row, 1, "windows-1252"))).isEmpty();
    assertThat(draft(row, 1, "UTF-8")).doesNotContain("Description");
    assertThat(reasons(draft(row, 1, "UTF-8")))
        .extracting(Violation::field)
        .containsExactly("Unreadable");
  }

  @Test
  void a_number_that_was_counted_under_a_broken_invoice_no_is_left_out() {
    String draft = draft(" 536365,a,d,1,12/1/2010 8:26,1,,x", 1);

    assertThat(draft).doesNotContain("LineNo");
    assertThat(reasons(draft.replace(" 536365", "536365")))
        .extracting(Violation::field)
        .containsExactly("LineNo");
  }

  @Test
  void a_json_object_comes_back_to_the_last_digit_on_one_line() {
    String element = "{\"InvoiceNo\":\"1\",\r\n \"UnitPrice\":1.10000000000000000000000001}";

    assertThat(LineDraft.ofJson(element.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(element.replace("\r\n", "  "));
    assertThat(LineDraft.ofJson(("[" + element + "]").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(element.replace("\r\n", "  "));
  }

  @Test
  void what_is_no_json_object_is_refused_until_somebody_mends_it() {
    for (String text : List.of("{\"InvoiceNo\":", "42", "[]", "", "not\nJSON", "[{},{}]")) {
      String draft = LineDraft.ofJson(text.getBytes(StandardCharsets.UTF_8));

      assertThat(draft).startsWith("{\"Unreadable\":");
      assertThat(reasons(draft)).extracting(Violation::field).contains("Unreadable");
    }
    assertThat(LineDraft.ofJson(new byte[] {(byte) 0xff, 'x'})).contains("\ufffdx");
  }
}
