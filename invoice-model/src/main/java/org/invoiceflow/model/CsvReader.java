package org.invoiceflow.model;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of one CSV file in their order, without the header. Numbers the rows of each invoice in
 * file order, counted over the whole file because rows of one invoice need not be contiguous; a row
 * that breaks a rule takes its number too, so that mending it moves no other line. Where the file
 * has a LineNo column, that column counts instead and rows get no number here.
 *
 * <p>Keeps one counter for each distinct invoice of the file, about 100 bytes. Not thread-safe.
 */
public final class CsvReader implements Closeable {

  private final CsvSplitter splitter;
  private final byte separator;
  private final boolean numbers;
  private final int invoiceColumn;
  private final CsvFields fields;
  private final Map<String, Counter> counters = new HashMap<>();

  /** The invoice of the row before: most rows belong to the same one and need no look-up. */
  private byte[] lastInvoice = new byte[0];

  private Counter lastCounter = new Counter();
  private boolean headerRead;

  /**
   * @param in the file from its start, unpacked; closed with the reader
   */
  public CsvReader(InputStream in, CsvDialect dialect) {
    this.splitter = new CsvSplitter(in);
    this.separator = (byte) dialect.separator();
    this.numbers = dialect.indexOf(Field.LINE_NO) < 0;
    this.invoiceColumn = dialect.indexOf(Field.INVOICE_NO);
    this.fields = new CsvFields(separator, dialect.charset(), invoiceColumn + 1);
  }

  /** The next row, or empty at the end of the file. */
  public Optional<CsvRow> next() throws IOException {
    if (!headerRead) {
      headerRead = true;
      splitter.nextLine();
    }
    if (!splitter.nextRow(separator)) {
      return Optional.empty();
    }
    byte[] row = Arrays.copyOfRange(splitter.buffer(), splitter.start(), splitter.end());
    // Without a number, a piece that happens to look like a row is not accepted as one.
    int lineNo = numbers && !splitter.isPiece() ? numberOf(row) : 0;
    return Optional.of(new CsvRow(splitter.fileLine(), lineNo, row));
  }

  private int numberOf(byte[] row) {
    fields.split(row, 0, row.length, invoiceColumn + 1);
    if (fields.count() <= invoiceColumn || fields.isEmpty(invoiceColumn)) {
      return 0;
    }
    if (!fields.hasBytes(invoiceColumn, lastInvoice, lastInvoice.length)) {
      lastInvoice = fields.rawBytes(invoiceColumn);
      // Latin-1 tells any two byte sequences apart, whatever the file's charset.
      String key = new String(lastInvoice, StandardCharsets.ISO_8859_1);
      lastCounter = counters.computeIfAbsent(key, k -> new Counter());
    }
    return ++lastCounter.rows;
  }

  @Override
  public void close() throws IOException {
    splitter.close();
  }

  private static final class Counter {
    private int rows;
  }
}
