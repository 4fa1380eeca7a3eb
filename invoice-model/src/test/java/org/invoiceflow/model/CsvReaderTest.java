package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

  private static final CsvDialect PLAIN = Rows.plain();

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void rows_keep_their_bytes_but_for_the_line_end(String lineEnd) throws IOException {
    String first = "1,a, \"stray\" ,1,,,,";
    String second = "1,\"b,\"\"c\"\"\",,1,,,,";
    String text = String.join(lineEnd, Rows.HEADER, first, second, "");
    assertThat(Rows.texts(Rows.read(text, PLAIN))).containsExactly(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "\r"})
  void the_last_row_may_lack_its_line_end(String end) throws IOException {
    assertThat(Rows.texts(Rows.read(Rows.HEADER + "\n1,a" + end, PLAIN))).containsExactly("1,a");
  }

  @Test
  void a_carriage_return_that_ends_no_line_is_data() throws IOException {
    assertThat(Rows.texts(Rows.read("h\na\rb\r\r\nc\n", PLAIN))).containsExactly("a\rb\r", "c");
  }

  @Test
  void empty_lines_are_skipped_and_counted_as_lines() throws IOException {
    List<CsvRow> rows = Rows.read("\n" + Rows.HEADER + "\n\n1,a\r\n\r\n2,b\n\n", PLAIN);
    assertThat(Rows.texts(rows)).containsExactly("1,a", "2,b");
    assertThat(Rows.fileLines(rows)).containsExactly(4L, 6L);
  }

  @Test
  void a_byte_order_mark_belongs_to_no_row() throws IOException {
    assertThat(Rows.texts(Rows.read("\ufeffh\n\ufeffa\n", PLAIN))).containsExactly("\ufeffa");
    assertThat(Rows.read("\ufeff", PLAIN)).isEmpty();
  }

  @Test
  void a_quoted_field_may_hold_line_ends() throws IOException {
    List<CsvRow> rows = Rows.read("h\n1,\"a\r\nb\n\",c\n2,d\n", PLAIN);
    assertThat(Rows.texts(rows)).containsExactly("1,\"a\r\nb\n\",c", "2,d");
    assertThat(Rows.fileLines(rows)).containsExactly(2L, 5L);
  }

  @Test
  void a_quoted_field_with_line_ends_may_end_the_file() throws IOException {
    assertThat(Rows.texts(Rows.read("h\n1,\"a\nb\"", PLAIN))).containsExactly("1,\"a\nb\"");
    assertThat(Rows.texts(Rows.read("h\n1,\"a\nb\",c", PLAIN))).containsExactly("1,\"a\nb\",c");
  }

  @Test
  void a_quote_that_is_never_closed_spoils_its_own_line_only() throws IOException {
    List<CsvRow> rows = Rows.read("h\n1,\"a\n2,b\n3,c\n", PLAIN);
    assertThat(Rows.texts(rows)).containsExactly("1,\"a", "2,b", "3,c");
    assertThat(Rows.fileLines(rows)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void a_forgotten_quote_does_not_swallow_the_lines_up_to_the_next_quoted_field()
      throws IOException {
    List<CsvRow> rows = Rows.read("h\n1,\"a\n2,b\n3,\"c, d\",e\n4,f\n", PLAIN);
    assertThat(Rows.texts(rows)).containsExactly("1,\"a", "2,b", "3,\"c, d\",e", "4,f");
  }

  @Test
  void a_forgotten_quote_does_not_swallow_a_long_file() throws IOException {
    String good = "2,good row without any quote\n".repeat(10_000);
    List<CsvRow> rows = Rows.read("h\n1,\"a\n" + good, PLAIN);
    assertThat(rows).hasSize(10_001);
    assertThat(rows.get(10_000).fileLine()).isEqualTo(10_002);
    assertThat(rows.get(10_000).lineNo()).isEqualTo(10_000);
  }

  @Test
  void text_after_a_closing_quote_ends_the_row_at_its_first_line() throws IOException {
    assertThat(Rows.texts(Rows.read("h\n1,\"a\"b,\"c\nd\"\n2\n", PLAIN)))
        .containsExactly("1,\"a\"b,\"c", "d\"", "2");
  }

  @Test
  void an_endless_line_comes_in_pieces_without_losing_a_byte() throws IOException {
    byte[] line = new byte[5 * CsvSplitter.MAX_ROW_BYTES + 7];
    Arrays.fill(line, (byte) 'x');
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("h\n".getBytes(StandardCharsets.UTF_8));
    file.writeBytes(line);
    file.writeBytes("\n2,b\n".getBytes(StandardCharsets.UTF_8));
    List<CsvRow> rows = Rows.read(file.toByteArray(), PLAIN);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    rows.subList(0, 6).forEach(row -> pieces.writeBytes(row.bytes()));
    assertThat(pieces.toByteArray()).isEqualTo(line);
    assertThat(rows).allMatch(row -> row.bytes().length <= CsvSplitter.MAX_ROW_BYTES);
    assertThat(Rows.fileLines(rows)).containsExactly(2L, 2L, 2L, 2L, 2L, 2L, 3L);
  }

  @Test
  void a_piece_of_an_endless_line_that_looks_like_a_row_is_not_numbered() throws IOException {
    String row = "1,a,,1,2010-12-01 08:26,1,,";
    String text = "h\n" + "x".repeat(CsvSplitter.MAX_ROW_BYTES) + row + "\n" + row;
    List<CsvRow> rows = Rows.read(text, PLAIN);
    assertThat(Rows.texts(rows)).hasSize(3).endsWith(row, row);
    assertThat(Rows.lineNos(rows)).containsExactly(0, 0, 1);
    CsvRowParser parser = new CsvRowParser(PLAIN);
    assertThat(parser.parse(rows.get(1).bytes(), rows.get(1).lineNo(), "").line()).isEmpty();
    assertThat(parser.parse(rows.get(2).bytes(), rows.get(2).lineNo(), "").line()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void a_line_of_the_greatest_length_is_a_row(String lineEnd) throws IOException {
    String longest = "1," + "x".repeat(CsvSplitter.MAX_ROW_BYTES - 1 - lineEnd.length());
    String text = "h" + lineEnd + longest + lineEnd + "1,b" + lineEnd;
    List<CsvRow> rows = Rows.read(text, PLAIN);
    assertThat(Rows.texts(rows)).containsExactly(longest, "1,b");
    assertThat(Rows.lineNos(rows)).containsExactly(1, 2);
  }

  @Test
  void rows_that_straddle_the_read_buffer_stay_whole() throws IOException {
    String row = "1,\"" + "y".repeat(50_000) + "\"\"\nz\",c";
    String text = "h\n" + (row + "\n").repeat(20);
    assertThat(Rows.texts(Rows.read(text, PLAIN))).hasSize(20).containsOnly(row);
  }

  @Test
  void rows_are_numbered_within_their_invoice_over_the_whole_file() throws IOException {
    assertThat(Rows.lineNos(Rows.read("h\nA,x\nA,x\nB,y\nA,z\n\"A\",q\nB,y\n", PLAIN)))
        .containsExactly(1, 2, 1, 3, 4, 2);
  }

  @Test
  void the_case_of_an_invoice_number_matters() throws IOException {
    assertThat(Rows.lineNos(Rows.read("h\nc1,x\nC1,x\n", PLAIN))).containsExactly(1, 1);
  }

  @Test
  void a_broken_row_takes_its_number_so_that_mending_it_moves_no_other() throws IOException {
    assertThat(Rows.lineNos(Rows.read("h\nA,x\nA,too,few\nA,\"open\nA,x\n", PLAIN)))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void a_row_whose_invoice_cannot_be_seen_has_no_number() throws IOException {
    CsvDialect invoiceLast =
        Rows.dialect(
            "StockCode",
            "Description",
            "Quantity",
            "InvoiceDate",
            "UnitPrice",
            "CustomerID",
            "Country",
            "InvoiceNo");
    assertThat(Rows.lineNos(Rows.read("h\na,b\na,\"b\n,,,,,,,\n,,,,,,,A\n", invoiceLast)))
        .containsExactly(0, 0, 0, 1);
  }

  @Test
  void a_file_with_its_own_line_numbers_is_not_numbered() throws IOException {
    String header = Rows.HEADER + ",LineNo";
    CsvDialect own = Rows.dialect(header.split(",", -1));
    assertThat(Rows.lineNos(Rows.read(header + "\n1,,,,,,,,7\n1,,,,,,,,8\n", own)))
        .containsExactly(0, 0);
  }

  @Test
  void any_separator_opens_fields_and_quotes() throws IOException {
    String header = Rows.HEADER.replace(',', ';');
    CsvDialect dialect =
        new CsvDialect(
            StandardCharsets.UTF_8, ';', DateFormat.ISO, false, List.of(header.split(";", -1)));
    assertThat(Rows.texts(Rows.read(header + "\n1;\"a\nb\";c,\"d\n2;x\n", dialect)))
        .containsExactly("1;\"a\nb\";c,\"d", "2;x");
  }

  @Test
  void many_quoted_lines_with_broken_quotes_are_all_kept() throws IOException {
    String text = "h\n" + "1,\"x\"y\n2,\"\"\"z\n".repeat(500);
    List<CsvRow> rows = Rows.read(text, PLAIN);
    String joined = Rows.texts(rows).stream().map(row -> row + "\n").collect(Collectors.joining());
    assertThat("h\n" + joined).isEqualTo(text);
  }
}
