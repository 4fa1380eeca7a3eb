package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CsvRoundTripTest {

  private static final String HEADER =
      "InvoiceNo,LineNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country,"
          + "SourceFile";

  @Provide
  Arbitrary<List<InvoiceLine>> invoices() {
    return Arbitraries.invoices(4);
  }

  @Property(tries = 300)
  void lines_that_are_written_as_csv_are_read_back(
      @ForAll("invoices") List<InvoiceLine> lines,
      @ForAll @IntRange(max = 3) int separator,
      @ForAll boolean quoteAll,
      @ForAll boolean crlf)
      throws IOException {
    char mark = Separators.CANDIDATES.get(separator);
    StringBuilder file = new StringBuilder(HEADER.replace(',', mark));
    List<String> rows = new ArrayList<>();
    for (InvoiceLine line : lines) {
      rows.add(write(line, mark, quoteAll));
      file.append(crlf ? "\r\n" : "\n").append(rows.get(rows.size() - 1));
    }
    CsvDialect dialect =
        CsvDetector.detect(Rows.file(file.toString()), CsvOptions.detectAll().withSeparator(mark));
    CsvRowParser parser = new CsvRowParser(dialect);
    List<InvoiceLine> read = new ArrayList<>();
    List<CsvRow> cut = Rows.read(file.toString(), dialect);
    for (CsvRow row : cut) {
      read.add(parser.parse(row.bytes(), row.lineNo(), "").line().orElseThrow());
    }
    assertThat(Rows.texts(cut)).isEqualTo(rows);
    assertThat(read).isEqualTo(lines);
    assertThat(read)
        .extracting(InvoiceLine::sourceFile)
        .isEqualTo(lines.stream().map(InvoiceLine::sourceFile).collect(Collectors.toList()));
  }

  @Property(tries = 500)
  void no_bytes_make_the_reader_fail_or_lose_anything(
      @ForAll("soups") String soup, @ForAll boolean withHeader) throws IOException {
    String text = (withHeader ? Rows.HEADER + "\n" : "h\n") + soup;
    try {
      Rows.detect(text);
    } catch (CsvException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    CsvRowParser parser = new CsvRowParser(Rows.plain());
    StringBuilder read = new StringBuilder();
    for (CsvRow row : Rows.read(text, Rows.plain())) {
      parser.parse(row.bytes(), row.lineNo(), "");
      read.append(new String(row.bytes(), StandardCharsets.UTF_8));
    }
    // Line ends are no part of a row, and all that is left out.
    assertThat(read.toString().replaceAll("[\r\n]", "")).isEqualTo(soup.replaceAll("[\r\n]", ""));
  }

  @Provide
  Arbitrary<String> soups() {
    return net.jqwik.api.Arbitraries.strings()
        .withChars('"', ',', '\n', '\r', 'a', '1', ';', '\u00a3')
        .ofMaxLength(200);
  }

  private static String write(InvoiceLine line, char separator, boolean quoteAll) {
    BigDecimal price = line.unitPrice();
    List<String> cells = new ArrayList<>();
    for (String cell :
        List.of(
            line.invoiceNo(),
            String.valueOf(line.lineNo()),
            line.stockCode(),
            line.description(),
            String.valueOf(line.quantity()),
            LineJson.formatDate(line.invoiceDate()),
            price.toPlainString(),
            line.customerId().orElse(""),
            line.country(),
            line.sourceFile().orElse(""))) {
      boolean special =
          cell.indexOf(separator) >= 0
              || cell.indexOf('"') >= 0
              || cell.indexOf('\n') >= 0
              || cell.indexOf('\r') >= 0;
      cells.add(quoteAll || special ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
    }
    return String.join(String.valueOf(separator), cells);
  }
}
