package org.invoiceflow.loader.generate;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes rows as the Kaggle file is written: its header, windows-1252, CRLF, quotes only where
 * needed, dates as {@code M/d/yyyy H:mm}, prices without trailing zeros.
 */
final class KaggleCsvWriter implements Closeable {

  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  private static final String END_OF_LINE = "\r\n";
  private static final int BUFFER = 1 << 16;

  private final Writer out;
  private final StringBuilder line = new StringBuilder(128);
  private long minute = Long.MIN_VALUE;
  private String date = "";

  KaggleCsvWriter(OutputStream out) throws IOException {
    this.out =
        new BufferedWriter(new OutputStreamWriter(out, Charset.forName("windows-1252")), BUFFER);
    this.out.write(HEADER + END_OF_LINE);
  }

  void write(Row row) throws IOException {
    line.setLength(0);
    line.append(row.invoiceNo()).append(',').append(row.item().code()).append(',');
    text(row.item().description());
    line.append(',').append(row.quantity()).append(',').append(dateOf(row.minute())).append(',');
    price(row.item().price());
    line.append(',').append(row.customerId()).append(',').append(row.country()).append(END_OF_LINE);
    out.append(line);
  }

  private void text(String value) {
    if (value.indexOf(',') < 0 && value.indexOf('"') < 0) {
      line.append(value);
    } else {
      line.append('"').append(value.replace("\"", "\"\"")).append('"');
    }
  }

  private void price(long thousandths) {
    if (thousandths < 0) {
      line.append('-');
    }
    long value = Math.abs(thousandths);
    line.append(value / 1_000);
    int rest = (int) (value % 1_000);
    if (rest == 0) {
      return;
    }
    line.append('.').append((char) ('0' + rest / 100));
    if (rest % 100 != 0) {
      line.append((char) ('0' + rest / 10 % 10));
    }
    if (rest % 10 != 0) {
      line.append((char) ('0' + rest % 10));
    }
  }

  /** Rows come in the order of time, so most have the minute of the row before. */
  private String dateOf(long epochMinute) {
    if (epochMinute != minute) {
      minute = epochMinute;
      LocalDateTime time = LocalDateTime.ofEpochSecond(epochMinute * 60, 0, ZoneOffset.UTC);
      String minutes = Integer.toString(time.getMinute());
      date =
          time.getMonthValue()
              + "/"
              + time.getDayOfMonth()
              + "/"
              + time.getYear()
              + " "
              + time.getHour()
              + ":"
              + (minutes.length() == 1 ? "0" + minutes : minutes);
    }
    return date;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
