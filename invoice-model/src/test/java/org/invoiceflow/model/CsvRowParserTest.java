package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowParserTest {

  private static final String GOOD = "536365,85123A,LANTERN,6,2010-12-01 08:26,2.55,17850,EIRE";

  private final CsvRowParser parser = new CsvRowParser(Rows.plain());

  @Test
  void a_row_becomes_a_line() {
    assertThat(line(GOOD, 3))
        .isEqualTo(
            InvoiceLine.builder()
                .invoiceNo("536365")
                .lineNo(3)
                .stockCode("85123A")
                .description("LANTERN")
                .quantity(6)
                .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 26))
                .unitPrice(new BigDecimal("2.55"))
                .customerId("17850")
                .country("EIRE")
                .build());
    assertThat(line(GOOD, 3).sourceFile()).contains("data.csv");
  }

  @Test
  void quotes_are_taken_off_and_doubled_ones_halved() {
    assertThat(line(GOOD.replace("LANTERN", "\"A, \"\"B\"\"\r\n\"\"\""), 1).description())
        .isEqualTo("A, \"B\"\r\n\"");
  }

  @Test
  void a_quote_within_plain_text_is_data() {
    assertThat(line(GOOD.replace("LANTERN", " \"A\" 5\""), 1).description())
        .isEqualTo(" \"A\" 5\"");
  }

  @Test
  void text_is_kept_as_sent() {
    assertThat(line(GOOD.replace("LANTERN", "  two  blanks "), 1).description())
        .isEqualTo("  two  blanks ");
  }

  @Test
  void an_empty_customer_is_a_guest_quoted_or_not() {
    assertThat(line(GOOD.replace("17850", ""), 1).customerId()).isEmpty();
    assertThat(line(GOOD.replace("17850", "\"\""), 1).customerId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a | The row has 1 column, expected 8",
        "1,2,3,4,5,6,7 | The row has 7 columns, expected 8",
        "1,2,3,4,5,6,7,8,9 | The row has 9 columns, expected 8",
        "1,\"open,3,4,5,6,7,8 | The quoted text in column 2 of the row is not closed",
        "1,\"2\"x,3,4,5,6,7,8 | Something follows the closing quote in column 2 of the row",
      })
  void a_row_that_is_no_row_is_unreadable(String row, String message) {
    List<Violation> violations = parse(row, 1).violations();
    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).rule()).isEqualTo(Rule.UNREADABLE);
    assertThat(violations.get(0).field()).isEmpty();
    assertThat(violations.get(0).message()).startsWith(message);
  }

  @Test
  void an_empty_row_is_unreadable() {
    assertThat(parse("", 1).violations()).extracting(Violation::rule).containsOnly(Rule.UNREADABLE);
  }

  @Test
  void bytes_outside_the_charset_are_unreadable() {
    byte[] pound = GOOD.replace("LANTERN", "\u00a3").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(parser.parse(pound, 1, "").violations())
        .containsExactly(
            new Violation(Rule.UNREADABLE, "", "The row holds bytes that are not UTF-8"));
    CsvDialect windows = CsvDialect.parse(Rows.plain().toString().replace("UTF-8", "windows-1252"));
    assertThat(windows.charset()).isEqualTo(Charset.forName("windows-1252"));
    CsvRowParser other = new CsvRowParser(windows);
    assertThat(other.parse(pound, 1, "").line().orElseThrow().description()).isEqualTo("\u00a3");
    byte[] undefined = GOOD.replace("LANTERN", "\u0081").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(other.parse(undefined, 1, "").violations()).hasSize(1);
  }

  @Test
  void an_error_in_one_row_leaves_nothing_behind_for_the_next() {
    parse("1,\"open", 1);
    parse("x,,,x,x,x,9,Y", 1);
    InvoiceLine line = line(GOOD.replace("17850", "").replace("EIRE", ""), 1);
    assertThat(line.customerId()).isEmpty();
    assertThat(line.country()).isEmpty();
  }

  @Test
  void every_broken_rule_of_a_row_is_reported_in_field_order() {
    assertThat(parse(" 1,,,x,1/2/2010 8:26,a,2 ,", 0).violations())
        .extracting(violation -> violation.field() + " " + violation.rule())
        .containsExactly(
            "InvoiceNo OUTER_WHITESPACE",
            "StockCode MISSING",
            "Quantity NOT_A_NUMBER",
            "InvoiceDate NOT_A_DATE",
            "UnitPrice NOT_A_NUMBER",
            "CustomerID OUTER_WHITESPACE");
  }

  @Test
  void a_row_whose_invoice_cannot_be_seen_is_not_asked_for_a_line_number() {
    assertThat(parse(GOOD.substring(GOOD.indexOf(',')), 0).violations())
        .extracting(violation -> violation.field() + " " + violation.rule())
        .containsExactly("InvoiceNo MISSING");
  }

  @Test
  void columns_that_nobody_knows_are_ignored() {
    CsvRowParser wider = new CsvRowParser(Rows.dialect(("," + Rows.HEADER + ",").split(",", -1)));
    assertThat(text(wider, "\u00ff," + GOOD + ",\"\"", 1).line()).isPresent();
  }

  @Test
  void a_line_number_column_wins_over_the_readers_number() {
    CsvRowParser own = new CsvRowParser(Rows.dialect((Rows.HEADER + ",LineNo").split(",", -1)));
    assertThat(text(own, GOOD + ",7", 3).line().orElseThrow().lineNo()).isEqualTo(7);
    assertThat(text(own, GOOD + ",", 3).violations())
        .extracting(Violation::rule)
        .containsExactly(Rule.MISSING);
  }

  @Test
  void a_source_file_column_wins_where_it_has_a_value() {
    CsvRowParser own = new CsvRowParser(Rows.dialect((Rows.HEADER + ",SourceFile").split(",", -1)));
    assertThat(text(own, GOOD + ",old.csv", 3).line().orElseThrow().sourceFile())
        .contains("old.csv");
    assertThat(text(own, GOOD + ",", 3).line().orElseThrow().sourceFile()).contains("data.csv");
    assertThat(parser.parse(bytes(GOOD), 1, "").line().orElseThrow().sourceFile()).isEmpty();
  }

  @Test
  void decimal_customers_lose_their_point_zero_only_where_the_dialect_says_so() {
    String row = GOOD.replace("17850", "17850.0");
    assertThat(line(row, 1).customerId()).contains("17850.0");
    CsvRowParser decimal =
        new CsvRowParser(
            CsvDialect.parse(Rows.plain().toString().replace("=plain", "=point-zero")));
    assertThat(text(decimal, row, 1).line().orElseThrow().customerId()).contains("17850");
    assertThat(text(decimal, GOOD, 1).line().orElseThrow().customerId()).contains("17850");
  }

  private InvoiceLine line(String row, int lineNo) {
    return parse(row, lineNo).line().orElseThrow();
  }

  private LineResult parse(String row, int lineNo) {
    return text(parser, row, lineNo);
  }

  private static LineResult text(CsvRowParser parser, String row, int lineNo) {
    return parser.parse(bytes(row), lineNo, "data.csv");
  }

  private static byte[] bytes(String row) {
    return row.getBytes(StandardCharsets.UTF_8);
  }
}
