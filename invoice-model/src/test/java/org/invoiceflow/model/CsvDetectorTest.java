package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDetectorTest {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final String ROW = "536365,85123A,LANTERN,6,12/13/2010 8:26,2.55,17850,EIRE\n";

  @Test
  void an_inspection_says_how_much_speaks_for_what_it_found() throws IOException {
    String row = ROW.replace("EIRE", "\u00a3");
    CsvInspection found =
        CsvDetector.inspect(
            Rows.file(
                ("\ufeff" + Rows.HEADER + "\n" + ROW + "\n" + row + "\nbroken")
                    .getBytes(StandardCharsets.UTF_8)),
            CsvOptions.detectAll());

    assertThat(found.hasByteOrderMark()).isTrue();
    assertThat(found.charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(found.rowsBeyondAscii()).isEqualTo(1);
    assertThat(found.rows()).isEqualTo(3);
    assertThat(found.names()).startsWith("InvoiceNo", "StockCode");
    assertThat(found.dates()).isEqualTo(2);
    assertThat(found.datesByFormat())
        .hasSize(DateFormat.values().length)
        .containsEntry(found.dialect().dateFormat(), 2L);
    assertThat(found.customers()).isEqualTo(2);
  }

  @Test
  void what_can_be_read_only_once_is_described_by_its_start_and_the_options() throws IOException {
    CsvOptions said =
        CsvOptions.detectAll()
            .withCharset(StandardCharsets.UTF_8)
            .withDateFormat(DateFormat.DAY_FIRST);
    String start =
        (Rows.HEADER + "\n" + dates("1/2/2010 8:26").split("\n", 2)[1]).replace(',', ';');

    CsvDialect dialect =
        CsvDetector.inspectStart(start.getBytes(StandardCharsets.UTF_8), false, said).dialect();

    assertThat(dialect.separator()).isEqualTo(';');
    assertThat(dialect.dateFormat()).isEqualTo(DateFormat.DAY_FIRST);
    CsvOptions noDates = CsvOptions.detectAll().withCharset(StandardCharsets.UTF_8);
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(
            () -> CsvDetector.inspectStart(start.getBytes(StandardCharsets.UTF_8), false, noDates))
        .withMessageContaining("--encoding and --date-format");
  }

  @Test
  void customers_that_do_not_show_at_the_start_are_not_guessed() throws IOException {
    CsvOptions said =
        CsvOptions.detectAll().withCharset(StandardCharsets.UTF_8).withDateFormat(DateFormat.ISO);
    byte[] start =
        (Rows.HEADER + "\n1,a,d,1,2010-12-01 08:26,1,,x\n").getBytes(StandardCharsets.UTF_8);

    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> CsvDetector.inspectStart(start, false, said))
        .withMessageContaining("None of the first 1 rows names a customer");
    assertThat(CsvDetector.inspectStart(start, true, said).decimalCustomers()).isFalse();
  }

  @Test
  void the_first_edition_of_the_data_set_is_known() throws IOException {
    assertThat(Rows.detect(Rows.HEADER + "\r\n" + ROW))
        .hasToString(
            "csv;charset=UTF-8;separator=comma;date=month-first;customer=plain;columns="
                + Rows.HEADER);
  }

  @Test
  void the_later_edition_of_the_data_set_is_known() throws IOException {
    CsvDialect dialect =
        Rows.detect(
            "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
                + "489434,85048,LIGHTS,12,2009-12-01 07:45:00,6.95,13085.0,United Kingdom\n"
                + "489435,85048,LIGHTS,12,2009-12-01 07:45:00,6.95,,United Kingdom\n");
    assertThat(dialect.columns()).containsExactly(Rows.HEADER.split(",", -1));
    assertThat(dialect.dateFormat()).isEqualTo(DateFormat.ISO);
    assertThat(dialect.decimalCustomers()).isTrue();
  }

  @Test
  void the_export_of_the_warehouse_is_known() throws IOException {
    CsvDialect dialect =
        Rows.detect(
            "invoice_no,line_no,stock_code,description,quantity,invoice_date,unit_price,"
                + "customer_id,country\n");
    assertThat(dialect.columns())
        .containsExactly(
            "InvoiceNo",
            "LineNo",
            "StockCode",
            "Description",
            "Quantity",
            "InvoiceDate",
            "UnitPrice",
            "CustomerID",
            "Country");
  }

  @Test
  void columns_may_stand_in_any_order_and_case_among_unknown_ones() throws IOException {
    CsvDialect dialect =
        Rows.detect(
            "id,COUNTRY, customerid ,\"UnitPrice\",InvoiceDate,Quantity,Description,StockCode,"
                + "\u00e9,InvoiceNo,LINENO,SourceFile\n");
    assertThat(dialect.columns())
        .containsExactly(
            "",
            "Country",
            "CustomerID",
            "UnitPrice",
            "InvoiceDate",
            "Quantity",
            "Description",
            "StockCode",
            "",
            "InvoiceNo",
            "LineNo",
            "SourceFile");
  }

  @ParameterizedTest
  @ValueSource(chars = {',', ';', '\t', '|'})
  void the_separator_is_seen_in_the_header(char separator) throws IOException {
    CsvDialect dialect = Rows.detect((Rows.HEADER + "\n" + ROW).replace(',', separator));
    assertThat(dialect.separator()).isEqualTo(separator);
    assertThat(CsvDialect.parse(dialect.toString())).isEqualTo(dialect);
  }

  @Test
  void a_given_separator_is_taken() throws IOException {
    CsvOptions options = CsvOptions.detectAll().withSeparator('^');
    CsvDialect dialect =
        CsvDetector.detect(Rows.file((Rows.HEADER + "\n" + ROW).replace(',', '^')), options);
    assertThat(dialect.separator()).isEqualTo('^');
    assertThat(dialect.toString()).contains("separator=0x5e");
    assertThat(CsvDialect.parse(dialect.toString())).isEqualTo(dialect);
    refused(Rows.HEADER, options, "missing InvoiceNo, StockCode");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_header() throws IOException {
    CsvDialect dialect = Rows.detect("\ufeff" + Rows.HEADER + "\n" + ROW);
    assertThat(dialect.columns()).startsWith("InvoiceNo");
    assertThat(dialect.charset()).isEqualTo(StandardCharsets.UTF_8);
    refused(
        "\ufeff" + Rows.HEADER,
        CsvOptions.detectAll().withCharset(WINDOWS_1252),
        "The file begins with the mark of UTF-8, but windows-1252 was given");
  }

  @Test
  void text_that_is_utf_8_is_utf_8() throws IOException {
    assertThat(Rows.detect(Rows.HEADER + "\n" + ROW.replace("EIRE", "\u00a3")).charset())
        .isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void text_that_is_not_utf_8_late_in_the_file_is_windows_1252() throws IOException {
    byte[] file =
        (Rows.HEADER + "\n" + ROW.repeat(50_000) + ROW.replace("EIRE", "\u00a3"))
            .getBytes(WINDOWS_1252);
    assertThat(CsvDetector.detect(Rows.file(file), CsvOptions.detectAll()).charset())
        .isEqualTo(WINDOWS_1252);
  }

  @Test
  void one_damaged_row_does_not_garble_a_utf_8_file() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    String pound = ROW.replace("EIRE", "\u00a3");
    file.writeBytes((Rows.HEADER + "\n" + pound + pound).getBytes(StandardCharsets.UTF_8));
    file.writeBytes(pound.getBytes(WINDOWS_1252));
    assertThat(CsvDetector.detect(Rows.file(file.toByteArray()), CsvOptions.detectAll()).charset())
        .isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void a_given_charset_has_to_fit() throws IOException {
    byte[] file = (Rows.HEADER + "\n" + ROW + ROW.replace("EIRE", "\u00a3")).getBytes(WINDOWS_1252);
    CsvOptions utf8 = CsvOptions.detectAll().withCharset(StandardCharsets.UTF_8);
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> CsvDetector.detect(Rows.file(file), utf8))
        .withMessageStartingWith("Line 3 holds bytes that are not UTF-8");
    CsvOptions latin = CsvOptions.detectAll().withCharset(StandardCharsets.ISO_8859_1);
    assertThat(CsvDetector.detect(Rows.file(file), latin).charset())
        .isEqualTo(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "2010-12-01T08:26, ISO",
    "2010-12-01 08:26:00, ISO",
    "12/13/2010 8:26, MONTH_FIRST",
    "13/12/2010 8:26, DAY_FIRST",
    "13-12-2010 08:26, DAY_FIRST_DASHED",
    "12-13-2010 08:26, MONTH_FIRST_DASHED",
  })
  void the_date_format_that_fits_is_taken(String date, DateFormat expected) throws IOException {
    CsvDialect dialect = Rows.detect(dates(date));
    assertThat(dialect.dateFormat()).isEqualTo(expected);
    assertThat(CsvDialect.parse(dialect.toString())).isEqualTo(dialect);
  }

  @Test
  void one_row_late_in_the_file_decides_between_day_and_month() throws IOException {
    String[] many = new String[5_000];
    Arrays.fill(many, "1/2/2010 8:26");
    many[4_999] = "13/2/2010 8:26";
    assertThat(Rows.detect(dates(many)).dateFormat()).isEqualTo(DateFormat.DAY_FIRST);
  }

  @Test
  void dates_that_can_be_read_both_ways_need_the_user() {
    refused(
        dates("1/2/2010 8:26", "3/4/2010 8:26"),
        CsvOptions.detectAll(),
        "The dates can be read in more than one way: M/d/yyyy H:mm[:ss] and d/M/yyyy H:mm[:ss] fit"
            + " all rows (line 2 has '1/2/2010 8:26'); choose one with --date-format month-first or"
            + " --date-format day-first");
    refused(
        dates("13/2/2010 8:26", "2/13/2010 8:26"), CsvOptions.detectAll(), "fit 1 of 2 rows each");
  }

  @Test
  void two_exports_in_one_file_need_the_user_even_if_one_is_larger() throws IOException {
    String[] rows = new String[5_000];
    Arrays.fill(rows, "12/13/2010 8:26");
    rows[1] = "1/2/2010 8:26";
    rows[4_999] = "13/12/2010 8:26";

    refused(
        dates(rows),
        CsvOptions.detectAll(),
        "The dates contradict each other: 4998 of 5000 rows fit only M/d/yyyy H:mm[:ss] (line 2 has"
            + " '12/13/2010 8:26'), 1 only d/M/yyyy H:mm[:ss] (line 5001 has '13/12/2010 8:26'),"
            + " and 1 can be read both ways. If the file was put together from two, take it apart;"
            + " else choose one with --date-format month-first or --date-format day-first, and rows"
            + " that do not fit it are rejected");
    CsvOptions monthFirst = CsvOptions.detectAll().withDateFormat(DateFormat.MONTH_FIRST);
    assertThat(CsvDetector.detect(Rows.file(dates(rows)), monthFirst).dateFormat())
        .isEqualTo(DateFormat.MONTH_FIRST);
  }

  @Test
  void dates_that_no_date_of_the_other_form_can_be_taken_for_are_refused_one_by_one()
      throws IOException {
    String date = "12/13/2010 8:26";
    assertThat(Rows.detect(dates(date, date, "13/12/2010 8:26")).dateFormat())
        .isEqualTo(DateFormat.MONTH_FIRST);
    assertThat(Rows.detect(dates(date, "1/2/2010 8:26", "2010-12-13 08:26")).dateFormat())
        .isEqualTo(DateFormat.MONTH_FIRST);
  }

  @Test
  void a_given_date_format_settles_it() throws IOException {
    CsvOptions dayFirst = CsvOptions.detectAll().withDateFormat(DateFormat.DAY_FIRST);
    assertThat(CsvDetector.detect(Rows.file(dates("1/2/2010 8:26")), dayFirst).dateFormat())
        .isEqualTo(DateFormat.DAY_FIRST);
    refused(
        dates("", "12/13/2010 8:26"),
        dayFirst,
        "No InvoiceDate of the file has the form d/M/yyyy H:mm[:ss]; the first is"
            + " '12/13/2010 8:26' in line 3");
  }

  @Test
  void a_few_broken_dates_do_not_refuse_the_file() throws IOException {
    assertThat(Rows.detect(dates("soon", "12/13/2010 8:26", "2010", "1/2/2010 8:26")).dateFormat())
        .isEqualTo(DateFormat.MONTH_FIRST);
  }

  @Test
  void rows_that_are_no_rows_say_nothing_about_dates_and_customers() throws IOException {
    CsvDialect dialect =
        Rows.detect(
            Rows.HEADER
                + "\n1,2,3,4,2010-12-01 08:26,6\n1,\"2\"3,,,2010-12-01 08:26,,1.0,\n"
                + ROW.replace("17850", "17850.0"));
    assertThat(dialect.dateFormat()).isEqualTo(DateFormat.MONTH_FIRST);
    assertThat(dialect.decimalCustomers()).isTrue();
  }

  @Test
  void one_customer_without_point_zero_makes_all_of_them_plain() throws IOException {
    String decimal = ROW.replace("17850", "17850.0");
    assertThat(Rows.detect(Rows.HEADER + "\n" + decimal + ROW).decimalCustomers()).isFalse();
    CsvInspection mixed = inspect(Rows.HEADER + "\n" + decimal + decimal + ROW + ROW);
    assertThat(mixed.warning())
        .contains(
            "2 of 4 rows that name a customer write it with .0 (line 2 has '17850.0'), but line 4"
                + " has '17850': so all customers are taken as they are written, and '17850.0' is"
                + " another customer than '17850'; if they are meant to be one, mend the file"
                + " first");
    assertThat(inspect(Rows.HEADER + "\n" + decimal + decimal).warning()).isEmpty();
    assertThat(inspect(Rows.HEADER + "\n" + ROW).warning()).isEmpty();
    String guest = ROW.replace("17850", "");
    assertThat(Rows.detect(Rows.HEADER + "\n" + guest).decimalCustomers()).isFalse();
  }

  @Test
  void dates_of_no_known_form_refuse_the_file_with_the_first() {
    refused(
        dates("yesterday", "today"),
        CsvOptions.detectAll(),
        "; the first is 'yesterday' in line 2");
  }

  @Test
  void a_file_without_rows_has_a_dialect() throws IOException {
    assertThat(Rows.detect(Rows.HEADER).dateFormat()).isEqualTo(DateFormat.ISO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\r\n\n", "\ufeff"})
  void an_empty_file_is_refused(String text) {
    refused(text, CsvOptions.detectAll(), "The file is empty; expected a header and rows");
  }

  @Test
  void a_header_that_lacks_columns_is_refused_by_their_names() {
    refused(
        Rows.HEADER.replace("CustomerID,", ""),
        CsvOptions.detectAll(),
        "The first line is no header with all columns; missing CustomerID, found: InvoiceNo,");
    refused(ROW, CsvOptions.detectAll(), "missing InvoiceNo, StockCode");
  }

  @Test
  void a_header_with_a_column_twice_is_refused() {
    refused(
        Rows.HEADER + ",invoice",
        CsvOptions.detectAll(),
        "The header has more than one column for InvoiceNo: ");
  }

  @Test
  void files_that_are_no_csv_are_refused_by_what_they_are() {
    refused("PK\u0003\u0004xxxx", CsvOptions.detectAll(), "zip archive or an Excel workbook");
    refused(Rows.HEADER.getBytes(StandardCharsets.UTF_16), "The file is written in UTF-16");
    refused(Rows.HEADER.getBytes(StandardCharsets.UTF_16LE), "NUL bytes");
    refused(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "compressed with gzip");
    refused(new byte[300_000], "NUL bytes");
  }

  @Test
  void a_message_about_a_header_stays_short_and_printable() {
    refused(
        ("\u0007" + "x".repeat(5_000)).getBytes(StandardCharsets.UTF_8),
        "found: \ufffd" + "x".repeat(199) + "...");
  }

  @Test
  void separators_and_charsets_that_cannot_work_are_refused() {
    for (char separator : new char[] {'"', '\n', 'a', '0', '_', '\u00a3', 0}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> CsvOptions.detectAll().withSeparator(separator))
          .withMessageContaining("cannot separate columns");
    }
    for (String charset : new String[] {"UTF-16", "Shift_JIS", "IBM037"}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> CsvOptions.detectAll().withCharset(Charset.forName(charset)))
          .withMessage("Charset " + charset + " is not supported; convert the file to UTF-8");
    }
  }

  private static CsvInspection inspect(String text) throws IOException {
    return CsvDetector.inspect(Rows.file(text), CsvOptions.detectAll());
  }

  private static String dates(String... dates) {
    StringBuilder file = new StringBuilder(Rows.HEADER).append('\n');
    for (String date : dates) {
      file.append(ROW.replace("12/13/2010 8:26", date));
    }
    return file.toString();
  }

  private static void refused(String text, CsvOptions options, String message) {
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> CsvDetector.detect(Rows.file(text), options))
        .withMessageContaining(message);
  }

  private static void refused(byte[] bytes, String message) {
    assertThatExceptionOfType(CsvException.class)
        .isThrownBy(() -> CsvDetector.detect(Rows.file(bytes), CsvOptions.detectAll()))
        .withMessageContaining(message)
        .matches(e -> e.getMessage().length() < 400, "short")
        .matches(e -> !e.getMessage().toLowerCase(Locale.ROOT).contains("exception"), "plain");
  }
}
