package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineJsonTest {

  private static final String GOOD =
      "{\"InvoiceNo\":\"536365\",\"LineNo\":1,\"StockCode\":\"85123A\",\"Description\":\"LANTERN\","
          + "\"Quantity\":6,\"InvoiceDate\":\"2010-12-01T08:26:00\",\"UnitPrice\":2.55,"
          + "\"CustomerID\":\"17850\",\"Country\":\"United Kingdom\"}";

  @Test
  void the_form_is_fixed() {
    assertThat(LineJson.toJson(only(GOOD).line().orElseThrow())).isEqualTo(GOOD);
  }

  @Property
  void what_is_written_is_read_back(@ForAll("lines") InvoiceLine line) {
    InvoiceLine read = only(LineJson.toJson(line)).line().orElseThrow();
    assertThat(read).isEqualTo(line);
    assertThat(read.sourceFile()).isEqualTo(line.sourceFile());
    assertThat(LineJson.toJson(read)).isEqualTo(LineJson.toJson(line));
  }

  @Test
  void extreme_lines_are_read_back() {
    List<InvoiceLine> lines = Arbitraries.extremeLines();
    List<InvoiceLine> read =
        read(LineJson.toJsonArray(lines)).lines().stream()
            .map(element -> element.result().line().orElseThrow())
            .collect(Collectors.toList());
    assertThat(read).isEqualTo(lines);
  }

  @Test
  void stored_lines_are_read_back() {
    List<InvoiceLine> lines = Arbitraries.extremeLines();
    List<InvoiceLine> read = LineJson.readStored(LineJson.toJsonArray(lines)).orElseThrow();
    assertThat(read).isEqualTo(lines);
    assertThat(read)
        .extracting(InvoiceLine::sourceFile)
        .isEqualTo(lines.stream().map(InvoiceLine::sourceFile).collect(Collectors.toList()));
    assertThat(LineJson.readStored("[]")).contains(List.of());
  }

  @Test
  void a_stored_line_is_read_back_whatever_the_rules_are_now() {
    InvoiceLine line =
        only(GOOD).line().orElseThrow().toBuilder()
            .invoiceNo(" " + "5".repeat(100))
            .description("x".repeat(5_000))
            .unitPrice(new BigDecimal("12345678901.123456"))
            .invoiceDate(LocalDateTime.of(1492, 10, 12, 2, 0))
            .build();
    String json = LineJson.toJsonArray(List.of(line));

    assertThat(read(json).lines().get(0).result().violations()).hasSizeGreaterThan(3);
    assertThat(LineJson.readStored(json)).contains(List.of(line));
  }

  @Test
  void fields_that_a_later_version_has_stored_are_passed_over() {
    String later = "[" + GOOD.replace("}", ",\"Discount\":{\"a\":[1]},\"Unit\":\"kg\"}") + "]";

    assertThat(LineJson.readStored(later)).contains(List.of(only(GOOD).line().orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "[{}]",
        "[{\"a\":1}]",
        "[{\"InvoiceNo\":{}}]",
        "[",
        "[] []",
        "not json",
        "null"
      })
  void what_is_no_array_of_lines_was_not_stored_by_this_program(String json) {
    assertThat(LineJson.readStored(json)).isEmpty();
  }

  @Test
  void a_stored_line_without_what_makes_it_one_is_none() {
    for (String lacking :
        List.of("\"LineNo\":1,", "\"Quantity\":6,", "\"InvoiceDate\":\"2010-12-01T08:26:00\",")) {
      assertThat(GOOD).contains(lacking);
      assertThat(LineJson.readStored("[" + GOOD.replace(lacking, "") + "]")).isEmpty();
    }
  }

  @Property(tries = 300)
  void the_slice_of_an_element_reads_to_the_same_result(
      @ForAll("elements") List<String> elements, @ForAll("blanks") String blank) {
    String text =
        blank + "[" + blank + String.join(blank + "," + blank, elements) + blank + "]" + blank;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<JsonLine> lines = LineJson.read(bytes).lines();
    assertThat(lines).hasSameSizeAs(elements);
    for (JsonLine line : lines) {
      byte[] slice = Arrays.copyOfRange(bytes, line.offset(), line.offset() + line.length());
      String element = elements.get(line.index());
      assertThat(new String(slice, StandardCharsets.UTF_8)).isEqualTo(element);
      if (element.startsWith("{")) {
        assertThat(LineJson.read(slice).lines().get(0).result())
            .hasToString(line.result().toString());
      }
    }
  }

  @Test
  void offsets_count_a_byte_order_mark() {
    byte[] bytes = ("\ufeff [" + GOOD + "]").getBytes(StandardCharsets.UTF_8);
    JsonLine line = LineJson.read(bytes).lines().get(0);
    assertThat(line.result().line()).isPresent();
    assertThat(line.offset()).isEqualTo(5);
    assertThat(line.length()).isEqualTo(GOOD.length());
  }

  @Test
  void an_object_without_an_array_is_one_line() {
    JsonLines lines = read("  " + GOOD + "\n");
    assertThat(lines.unreadable()).isEmpty();
    assertThat(lines.lines()).hasSize(1);
    assertThat(lines.lines().get(0).offset()).isEqualTo(2);
    assertThat(lines.lines().get(0).length()).isEqualTo(GOOD.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | The text is empty; expected a JSON object or an array of objects",
        "~ \t\r\n~ | The text is empty",
        "[] | The array is empty; it holds no line",
        "\"x\" | Expected a JSON object or an array of objects, but the text is a string",
        "null | Expected a JSON object or an array of objects, but the text is null",
        "true | Expected a JSON object or an array of objects, but the text is a boolean",
        "1e5 | Expected a JSON object or an array of objects, but the text is a number",
        "{} {} | Something follows the JSON value; send one object or one array",
        "[{}] 1 | Something follows the JSON value",
        "[{} | The text is not JSON",
        "[{},] | The text is not JSON",
        "{\"LineNo\":01} | The text is not JSON",
        "{\"LineNo\":NaN} | The text is not JSON",
        "{'LineNo':1} | The text is not JSON",
        "{\"a\":\"\\x\"} | The text is not JSON",
        "{\"a\":\"\\ud8\"} | The text is not JSON",
        "{\"a\":tru\u00e9} | The text is not JSON",
        "[{}, | The text is not JSON",
        "{\"LineNo\": | The text is not JSON",
        "{\"LineNo | The text is not JSON",
        "] | The text is not JSON",
        "InvoiceNo,StockCode | The text is not JSON",
      })
  void text_that_is_no_row_json_is_unreadable(String text, String message) {
    unreadable(text.getBytes(StandardCharsets.UTF_8), message);
  }

  @Test
  void what_jackson_limits_is_unreadable_and_nothing_worse() {
    unreadable("[".repeat(10_000));
    unreadable("{\"a\":".repeat(10_000));
    unreadable("[".repeat(10_000) + "]".repeat(10_000));
    unreadable("{\"UnitPrice\":" + "9".repeat(100_000) + "}");
    unreadable("{\"UnitPrice\":0." + "9".repeat(100_000) + "}");
    unreadable("{\"" + "n".repeat(200_000) + "\":1}");
  }

  @Test
  void bytes_that_are_not_utf_8_are_unreadable() {
    String message = "The text is not UTF-8; send it as UTF-8";
    unreadable(GOOD.getBytes(StandardCharsets.UTF_16), message);
    unreadable(GOOD.getBytes(StandardCharsets.UTF_16LE), message);
    unreadable(GOOD.getBytes(StandardCharsets.UTF_16BE), message);
    unreadable("{\"a\":\"\u00a3\"}".getBytes(StandardCharsets.ISO_8859_1), message);
    unreadable(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}, message);
    unreadable(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}, message);
    unreadable(new byte[] {0}, message);
    unreadable(new byte[] {0, 0, 0, 0}, message);
    unreadable(new byte[] {(byte) 0xEF, (byte) 0xBB});
    unreadable(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    unreadable(new byte[] {'[', '{', '}', 0, ']'});
    unreadable(new byte[] {'1', ' ', 0, 0});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"InvoiceNo\":\"536365\" | \"InvoiceNo\":536365 | InvoiceNo WRONG_TYPE",
        "\"CustomerID\":\"17850\" | \"CustomerID\":17850 | CustomerID WRONG_TYPE",
        "\"Description\":\"LANTERN\" | \"Description\":{\"a\":[1]} | Description WRONG_TYPE",
        "\"Quantity\":6 | \"Quantity\":[6] | Quantity WRONG_TYPE",
        "\"Quantity\":6 | \"Quantity\":true | Quantity WRONG_TYPE",
        "\"Quantity\":6 | \"Quantity\":6.0 | Quantity NOT_A_NUMBER",
        "\"Quantity\":6 | \"Quantity\":6e0 | Quantity NOT_A_NUMBER",
        "\"Quantity\":6 | \"Quantity\":null | Quantity MISSING",
        "\"Quantity\":6, | ~~ | Quantity MISSING",
        "\"LineNo\":1, | ~~ | LineNo MISSING",
        "\"LineNo\":1 | \"LineNo\":1,\"LineNo\":1 | LineNo DUPLICATE_FIELD",
        "\"LineNo\":1 | \"LineNo\":1,\"Colour\":{\"LineNo\":[2]} | Colour UNKNOWN_FIELD",
        "\"LineNo\":1 | \"LineNo\":1,\"lineno\":1 | lineno UNKNOWN_FIELD",
        "\"LineNo\":1 | \"LineNo\":1,\"\":1 |  UNKNOWN_FIELD",
        "2.55 | 1e999999999 | UnitPrice OUT_OF_RANGE",
        "2.55 | 1E-999999999 | UnitPrice TOO_MANY_DECIMALS",
        "2.55 | 1e99999999999999999999 | UnitPrice NOT_A_NUMBER",
        "LANTERN | \\ud800 | Description UNSTORABLE_CHARACTER",
        "LANTERN | \\udc00\\ud800 | Description UNSTORABLE_CHARACTER",
        "LANTERN | \\u0000 | Description UNSTORABLE_CHARACTER",
        "2010-12-01T08:26:00 | \\ud800 | InvoiceDate NOT_A_DATE",
      })
  void a_broken_line_is_named_by_field_and_rule(String part, String change, String expected) {
    String text = GOOD.replace(part, change == null ? "" : change);
    assertThat(text).isNotEqualTo(GOOD);
    List<Violation> violations = only(text).violations();
    assertThat(violations)
        .extracting(violation -> (violation.field() + " " + violation.rule()).strip())
        .containsExactly(expected);
    // A message is written to JSON and logs itself, so it must hold nothing that those refuse.
    assertThat(Utf8.lengthOf(violations.get(0).message())).isPositive().isLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"UnitPrice\":\"2.55\"",
        "\"UnitPrice\":2.5500",
        "\"UnitPrice\":255e-2",
        "\"UnitPrice\":\"2.55\",\"SourceFile\":null",
      })
  void a_price_may_be_written_in_many_ways(String price) {
    assertThat(only(GOOD.replace("\"UnitPrice\":2.55", price)).line())
        .contains(only(GOOD).line().orElseThrow());
  }

  @Test
  void absent_null_and_empty_customers_are_one() {
    InvoiceLine absent = only(GOOD.replace("\"CustomerID\":\"17850\",", "")).line().orElseThrow();
    assertThat(only(GOOD.replace("\"17850\"", "null")).line()).contains(absent);
    assertThat(only(GOOD.replace("\"17850\"", "\"\"")).line()).contains(absent);
  }

  @Test
  void an_object_full_of_junk_gets_an_answer_of_bounded_length() {
    String unknown = "\"LineNo\":1,\"LineNo\":1,\"x\":1,".repeat(10_000);
    List<Violation> violations = only(GOOD.replace("\"LineNo\":1,", unknown)).violations();
    assertThat(violations).hasSize(22);
    assertThat(violations.get(0).message())
        .isEqualTo("The object has 10000 unknown fields; the first 20 are named");
    assertThat(violations.get(1).rule()).isEqualTo(Rule.DUPLICATE_FIELD);
  }

  @Test
  void an_element_that_is_no_object_does_not_spoil_its_neighbours() {
    List<JsonLine> lines =
        read("[" + GOOD + ",null,[[{}],{}],\"\u20ac\",-1.5,false," + GOOD + "]").lines();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0).result().line()).isPresent();
    assertThat(lines.get(6).result().line()).isPresent();
    assertThat(lines.subList(1, 6))
        .allSatisfy(
            line ->
                assertThat(line.result().violations())
                    .extracting(Violation::rule)
                    .containsExactly(Rule.WRONG_TYPE));
  }

  @Test
  void one_line_leaves_nothing_behind_for_the_next() {
    List<JsonLine> lines = read("[" + GOOD + ",{}," + GOOD + "]").lines();
    assertThat(lines.get(1).result().violations())
        .extracting(violation -> violation.field() + " " + violation.rule())
        .containsExactly(
            "InvoiceNo MISSING",
            "LineNo MISSING",
            "StockCode MISSING",
            "Quantity MISSING",
            "InvoiceDate MISSING",
            "UnitPrice MISSING");
    assertThat(lines.get(2).result().line()).isPresent();
  }

  @Property
  void no_bytes_make_the_reader_fail(@ForAll byte[] bytes, @ForAll("soups") String soup) {
    assertThat(LineJson.read(bytes)).isNotNull();
    assertThat(LineJson.read(soup.getBytes(StandardCharsets.UTF_8))).isNotNull();
  }

  @Provide
  Arbitrary<InvoiceLine> lines() {
    return Arbitraries.lines();
  }

  @Provide
  Arbitrary<List<String>> elements() {
    return net.jqwik.api.Arbitraries.oneOf(
            Arbitraries.lines().map(LineJson::toJson),
            net.jqwik.api.Arbitraries.of(
                GOOD.replace("LANTERN", "\u20ac\ud83d\ude00"),
                "{}",
                "{ \"\u00e9\" : [ 1 , { } ] }",
                "null",
                "true",
                "-1.5e3",
                "0",
                "\"\"",
                "\"\u20ac\\n\ud83d\ude00\"",
                "[ [ ] , { } ]"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> blanks() {
    return net.jqwik.api.Arbitraries.of("", " ", "\n\t", "\r\n  ");
  }

  @Provide
  Arbitrary<String> soups() {
    return net.jqwik.api.Arbitraries.of(
            "{", "}", "[", "]", ",", ":", "\"", "\\", "1", "-", "e", "null", "\"LineNo\"", "\u20ac")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  private static JsonLines read(String text) {
    return LineJson.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static LineResult only(String text) {
    JsonLines lines = read(text);
    assertThat(lines.unreadable()).isEmpty();
    assertThat(lines.lines()).hasSize(1);
    return lines.lines().get(0).result();
  }

  private static void unreadable(String text) {
    unreadable(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void unreadable(byte[] bytes) {
    unreadable(bytes, "");
  }

  private static void unreadable(byte[] bytes, String message) {
    JsonLines lines = LineJson.read(bytes);
    assertThat(lines.lines()).isEmpty();
    Violation violation = lines.unreadable().orElseThrow();
    assertThat(violation.rule()).isEqualTo(Rule.UNREADABLE);
    assertThat(violation.message())
        .startsWith(message)
        .hasSizeLessThan(350)
        .matches(text -> !text.toLowerCase(Locale.ROOT).contains("exception"));
  }
}
