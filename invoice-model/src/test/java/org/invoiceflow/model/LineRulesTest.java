package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineRulesTest {

  @Test
  void a_line_that_keeps_all_rules_is_accepted() {
    assertThat(LineRules.check(good(), DateFormat.ISO).line()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "INVOICE_NO, '', MISSING, InvoiceNo is missing",
    "LINE_NO, '', MISSING, LineNo is missing; number the lines of each invoice from 1",
    "STOCK_CODE, '', MISSING, StockCode is missing",
    "QUANTITY, '', MISSING, Quantity is missing",
    "INVOICE_DATE, '', MISSING, InvoiceDate is missing",
    "UNIT_PRICE, '', MISSING, UnitPrice is missing",
    "INVOICE_NO, ' 536365', OUTER_WHITESPACE, InvoiceNo ' 536365' begins or ends with white space",
    "INVOICE_NO, ' ', OUTER_WHITESPACE, InvoiceNo ' ' begins or ends with white space",
    "CUSTOMER_ID, '17850 ', OUTER_WHITESPACE, CustomerID '17850 ' begins or ends with white space",
    "CUSTOMER_ID, ' ', OUTER_WHITESPACE, CustomerID ' ' begins or ends with white space",
    "LINE_NO, 1.0, NOT_A_NUMBER, LineNo '1.0' is not a whole number",
    "LINE_NO, x, NOT_A_NUMBER, LineNo 'x' is not a whole number",
    "LINE_NO, 0, OUT_OF_RANGE, LineNo '0' is out of range; it goes from 1 to 999900",
    "LINE_NO, -1, OUT_OF_RANGE, LineNo '-1' is out of range; it goes from 1 to 999900",
    "LINE_NO, 999901, OUT_OF_RANGE, LineNo '999901' is out of range; it goes from 1 to 999900",
    "QUANTITY, six, NOT_A_NUMBER, Quantity 'six' is not a whole number",
    "QUANTITY, 1e3, NOT_A_NUMBER, Quantity '1e3' is not a whole number",
    "QUANTITY, ' 6', NOT_A_NUMBER, Quantity ' 6' is not a whole number",
    "QUANTITY, -, NOT_A_NUMBER, Quantity '-' is not a whole number",
    "QUANTITY, 2147483648, OUT_OF_RANGE, Quantity '2147483648' is out of range; it goes from -21474",
    "QUANTITY, -2147483649, OUT_OF_RANGE, Quantity '-2147483649' is out of range; it goes from",
    "INVOICE_DATE, 12/1/2010 8:26, NOT_A_DATE, InvoiceDate '12/1/2010 8:26' is not a date of the f",
    "INVOICE_DATE, 2010-02-30T08:26, NOT_A_DATE, InvoiceDate '2010-02-30T08:26' is not a date",
    "INVOICE_DATE, 1899-12-31T23:59, OUT_OF_RANGE, InvoiceDate '1899-12-31T23:59' is out of range; "
        + "years go from 1900 to 9999",
    "INVOICE_DATE, 0000-12-31T23:59, OUT_OF_RANGE, InvoiceDate '0000-12-31T23:59' is out of range",
    "UNIT_PRICE, abc, NOT_A_NUMBER, UnitPrice 'abc' is not a decimal number",
    "UNIT_PRICE, '2,55', NOT_A_NUMBER, 'UnitPrice ''2,55'' is not a decimal number'",
    "UNIT_PRICE, 0x1, NOT_A_NUMBER, UnitPrice '0x1' is not a decimal number",
    "UNIT_PRICE, NaN, NOT_A_NUMBER, UnitPrice 'NaN' is not a decimal number",
    "UNIT_PRICE, 1000000000, OUT_OF_RANGE, UnitPrice '1000000000' is out of range; it is smaller",
    "UNIT_PRICE, -1000000000, OUT_OF_RANGE, UnitPrice '-1000000000' is out of range",
    "UNIT_PRICE, 1e999999999, OUT_OF_RANGE, UnitPrice '1e999999999' is out of range",
    "UNIT_PRICE, 0.00001, TOO_MANY_DECIMALS, UnitPrice '0.00001' has more than 4 decimals",
    "UNIT_PRICE, 1E-999999999, TOO_MANY_DECIMALS, UnitPrice '1E-999999999' has more than 4 decim",
    "UNIT_PRICE, 1e99999999999, NOT_A_NUMBER, UnitPrice '1e99999999999' is not a decimal number",
  })
  void a_broken_rule_is_named_with_its_field_and_a_sentence(
      Field field, String value, Rule rule, String message) {
    List<Violation> violations = violations(field, value);
    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).rule()).isEqualTo(rule);
    assertThat(violations.get(0).field()).isEqualTo(field.fieldName());
    assertThat(violations.get(0).message()).startsWith(message);
  }

  @ParameterizedTest
  @CsvSource({
    "INVOICE_NO, 64",
    "STOCK_CODE, 64",
    "CUSTOMER_ID, 64",
    "DESCRIPTION, 1000",
    "COUNTRY, 100",
    "SOURCE_FILE, 255"
  })
  void the_length_of_text_is_counted_in_bytes_of_utf_8(Field field, int most) {
    for (String letter : List.of("x", "\u00e9", "\u20ac", "\ud83d\ude00")) {
      int size = Utf8.lengthOf(letter);
      String longest = letter.repeat(most / size) + "x".repeat(most % size);
      assertThat(violations(field, longest)).isEmpty();
      assertThat(violations(field, longest + "x"))
          .containsExactly(
              new Violation(
                  Rule.TOO_LONG,
                  field.fieldName(),
                  field.fieldName()
                      + " has "
                      + (most + 1)
                      + " bytes of UTF-8; at most "
                      + most
                      + " fit"));
    }
  }

  @Test
  void control_characters_may_not_blow_up_the_stored_json() {
    assertThat(violations(Field.DESCRIPTION, "\u0001".repeat(333))).isEmpty();
    assertThat(violations(Field.DESCRIPTION, "\"\n".repeat(500))).isEmpty();
    assertThat(violations(Field.DESCRIPTION, "\u0001".repeat(334)))
        .containsExactly(
            new Violation(
                Rule.TOO_LONG,
                "Description",
                "Description has 2004 bytes in JSON, where a control character takes six; at most"
                    + " 2000 fit"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Field.class,
      names = {"INVOICE_NO", "STOCK_CODE", "CUSTOMER_ID", "DESCRIPTION", "COUNTRY", "SOURCE_FILE"})
  void text_that_not_every_store_can_keep_is_refused(Field field) {
    for (String text : List.of("a\0b", "\0", "\ud800", "a\udc00", "\ud83dx", "\ude00\ud83d")) {
      assertThat(violations(field, text))
          .extracting(Violation::rule)
          .containsExactly(Rule.UNSTORABLE_CHARACTER);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Field.class,
      names = {"DESCRIPTION", "CUSTOMER_ID", "COUNTRY", "SOURCE_FILE"})
  void a_field_that_may_be_empty_may_be_absent(Field field) {
    assertThat(violations(field, null)).isEmpty();
    assertThat(violations(field, "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "QUANTITY, -2147483648",
    "QUANTITY, 2147483647",
    "QUANTITY, 0",
    "QUANTITY, -0",
    "QUANTITY, +5",
    "QUANTITY, 000000000000000007",
    "LINE_NO, 1",
    "LINE_NO, 999900",
    "UNIT_PRICE, 999999999.9999",
    "UNIT_PRICE, -999999999.9999",
    "UNIT_PRICE, 0.0001",
    "UNIT_PRICE, 2.550000000",
    "UNIT_PRICE, 1e8",
    "UNIT_PRICE, 0e999999999",
    "UNIT_PRICE, 0E-999999999",
    "UNIT_PRICE, -0",
    "UNIT_PRICE, +5",
    "UNIT_PRICE, 25e-1",
    "INVOICE_DATE, 1900-01-01T00:00",
    "INVOICE_DATE, 9999-12-31T23:59:59",
    "STOCK_CODE, ' 85123A '",
    "STOCK_CODE, ' '",
  })
  void values_at_the_limits_are_accepted(Field field, String value) {
    assertThat(violations(field, value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "0.0000", "0e999999999", "0E-999999999", "-0.0"})
  void every_zero_is_the_same_zero(String price) {
    LineFields fields = good();
    fields.set(Field.UNIT_PRICE, price);
    InvoiceLine line = LineRules.check(fields, DateFormat.ISO).line().orElseThrow();
    assertThat(line.unitPrice()).isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void digits_of_other_scripts_are_no_numbers() {
    for (Field field : List.of(Field.LINE_NO, Field.QUANTITY, Field.UNIT_PRICE)) {
      assertThat(violations(field, "\u0663"))
          .extracting(Violation::rule)
          .containsExactly(Rule.NOT_A_NUMBER);
    }
    assertThat(violations(Field.INVOICE_DATE, "201\u0660-12-01T08:26"))
        .extracting(Violation::rule)
        .containsExactly(Rule.NOT_A_DATE);
  }

  @Test
  void a_number_of_a_million_digits_costs_nothing() {
    String huge = "9".repeat(1_000_000);
    assertThat(violations(Field.QUANTITY, huge))
        .extracting(Violation::rule)
        .containsExactly(Rule.OUT_OF_RANGE);
    assertThat(violations(Field.UNIT_PRICE, huge))
        .extracting(Violation::rule)
        .containsExactly(Rule.NOT_A_NUMBER);
    assertThat(violations(Field.UNIT_PRICE, huge).get(0).message()).hasSizeLessThan(100);
  }

  @Test
  void all_broken_rules_of_a_line_are_reported_in_field_order() {
    LineFields fields = new LineFields();
    fields.set(Field.INVOICE_NO, " " + "x".repeat(64));
    fields.set(Field.STOCK_CODE, "\0");
    fields.set(Field.DESCRIPTION, "x".repeat(1_001));
    fields.set(Field.QUANTITY, "many");
    fields.set(Field.INVOICE_DATE, "1800-01-01T00:00");
    fields.set(Field.UNIT_PRICE, "1.23456");
    fields.set(Field.CUSTOMER_ID, "1\t");
    fields.set(Field.COUNTRY, "x".repeat(101));
    fields.set(Field.SOURCE_FILE, "\ud800");
    assertThat(
            LineRules.check(
                    fields,
                    DateFormat.ISO,
                    List.of(
                        new Violation(Rule.UNKNOWN_FIELD, "Colour", "m"),
                        new Violation(Rule.DUPLICATE_FIELD, "UnitPrice", "m")))
                .violations())
        .extracting(violation -> violation.field() + " " + violation.rule())
        .containsExactly(
            "InvoiceNo TOO_LONG",
            "InvoiceNo OUTER_WHITESPACE",
            "LineNo MISSING",
            "StockCode UNSTORABLE_CHARACTER",
            "Description TOO_LONG",
            "Quantity NOT_A_NUMBER",
            "InvoiceDate OUT_OF_RANGE",
            "UnitPrice DUPLICATE_FIELD",
            "UnitPrice TOO_MANY_DECIMALS",
            "CustomerID OUTER_WHITESPACE",
            "Country TOO_LONG",
            "SourceFile UNSTORABLE_CHARACTER",
            "Colour UNKNOWN_FIELD");
  }

  @Test
  void a_field_that_was_found_broken_is_not_also_missing() {
    LineFields fields = good();
    fields.set(Field.QUANTITY, null);
    Violation found = new Violation(Rule.WRONG_TYPE, "Quantity", "m");
    assertThat(LineRules.check(fields, DateFormat.ISO, List.of(found)).violations())
        .containsExactly(found);
  }

  @Test
  void messages_can_be_printed_whatever_the_value() {
    LineFields fields = good();
    fields.set(Field.QUANTITY, "\ud800\n\u001b[2J\0");
    fields.set(Field.UNIT_PRICE, "x".repeat(39) + "\ud83d\ude00\ud83d\ude00");
    assertThat(LineRules.check(fields, DateFormat.ISO).violations())
        .extracting(Violation::message)
        .containsExactly(
            "Quantity '\ufffd\ufffd\ufffd[2J\ufffd' is not a whole number",
            "UnitPrice '" + "x".repeat(39) + "\ud83d\ude00...' is not a decimal number");
  }

  @Property
  void valid_lines_pass(@ForAll("lines") InvoiceLine line) {
    assertThat(LineRules.check(fieldsOf(line), DateFormat.ISO).line()).contains(line);
  }

  @Test
  void extreme_lines_pass() {
    for (InvoiceLine line : Arbitraries.extremeLines()) {
      assertThat(LineRules.check(fieldsOf(line), DateFormat.ISO).line()).contains(line);
    }
  }

  @Provide
  Arbitrary<InvoiceLine> lines() {
    return Arbitraries.lines();
  }

  private static List<Violation> violations(Field field, String value) {
    LineFields fields = good();
    fields.set(field, value);
    return LineRules.check(fields, DateFormat.ISO).violations();
  }

  private static LineFields good() {
    LineFields fields = new LineFields();
    fields.set(Field.INVOICE_NO, "536365");
    fields.set(Field.LINE_NO, "1");
    fields.set(Field.STOCK_CODE, "85123A");
    fields.set(Field.DESCRIPTION, "LANTERN");
    fields.set(Field.QUANTITY, "6");
    fields.set(Field.INVOICE_DATE, "2010-12-01T08:26");
    fields.set(Field.UNIT_PRICE, "2.55");
    fields.set(Field.CUSTOMER_ID, "17850");
    fields.set(Field.COUNTRY, "United Kingdom");
    return fields;
  }

  private static LineFields fieldsOf(InvoiceLine line) {
    LineFields fields = new LineFields();
    fields.set(Field.INVOICE_NO, line.invoiceNo());
    fields.set(Field.LINE_NO, String.valueOf(line.lineNo()));
    fields.set(Field.STOCK_CODE, line.stockCode());
    fields.set(Field.DESCRIPTION, line.description());
    fields.set(Field.QUANTITY, String.valueOf(line.quantity()));
    fields.set(Field.INVOICE_DATE, LineJson.formatDate(line.invoiceDate()));
    fields.set(Field.UNIT_PRICE, line.unitPrice().toString());
    fields.set(Field.CUSTOMER_ID, line.customerId().orElse(null));
    fields.set(Field.COUNTRY, line.country());
    fields.set(Field.SOURCE_FILE, line.sourceFile().orElse(null));
    return fields;
  }
}
