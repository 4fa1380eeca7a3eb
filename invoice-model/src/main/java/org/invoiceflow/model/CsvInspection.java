package org.invoiceflow.model;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a look at a CSV file found, and how much speaks for it. Immutable once the look is over. */
public final class CsvInspection {

  private final boolean marked;
  private final CsvHeader header;
  private final CsvCharsets charsets;
  private final CsvColumnEvidence columns;
  private final Optional<DateFormat> given;
  private long rows;

  CsvInspection(boolean marked, CsvHeader header, CsvOptions options) {
    this.marked = marked;
    this.header = header;
    this.charsets = new CsvCharsets(options.charset());
    this.columns = new CsvColumnEvidence(header);
    this.given = options.dateFormat();
  }

  /** Takes the rows that follow the header into account. */
  CsvInspection look(CsvSplitter splitter) throws IOException {
    while (splitter.nextRow((byte) header.separator())) {
      rows++;
      charsets.look(splitter);
      columns.look(splitter);
    }
    return this;
  }

  /**
   * How the file is written.
   *
   * @throws CsvException if its dates fit no known format, or more than one, or contradict each
   *     other
   */
  public CsvDialect dialect() throws CsvException {
    return new CsvDialect(
        charset(), separator(), columns.dates().format(given), decimalCustomers(), columns());
  }

  /** Whether the file begins with the byte order mark of UTF-8. */
  public boolean hasByteOrderMark() {
    return marked;
  }

  public Charset charset() {
    return charsets.decide();
  }

  /** Rows that hold more than ASCII, and so tell charsets apart. */
  public long rowsBeyondAscii() {
    return charsets.looked();
  }

  public char separator() {
    return header.separator();
  }

  /** The columns' names as they stand in the header. */
  public List<String> names() {
    return header.names();
  }

  /** For each column the name of its field in the row JSON, or "" if the column is ignored. */
  public List<String> columns() {
    return header.columns();
  }

  /** Rows without the header; broken ones count. */
  public long rows() {
    return rows;
  }

  /** Rows with an InvoiceDate, as far as the row has the header's columns. */
  public long dates() {
    return columns.dates().rows();
  }

  /** For each format how many of the {@link #dates} fit it. */
  public Map<DateFormat, Long> datesByFormat() {
    return columns.dates().rowsByFormat();
  }

  /** Rows with a CustomerID, as far as the row has the header's columns. */
  public long customers() {
    return columns.customers();
  }

  /** What may not be meant as it is written, in a sentence without its full stop. */
  public Optional<String> warning() {
    return columns.mixedCustomers();
  }

  /** Whether all customers are written {@code 13085.0} and mean {@code 13085}. */
  public boolean decimalCustomers() {
    return columns.decimalCustomers();
  }
}
