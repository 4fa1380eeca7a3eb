package org.invoiceflow.model;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which copies of the public data set are written. Makes one out of the original by
 * code that shares nothing with the reader.
 */
public enum DataDialect {
  ORIGINAL(windows1252(), false, ',', false, Dates.MONTH_FIRST),
  DAY_FIRST_DASHED(StandardCharsets.UTF_8, false, ',', false, Dates.DAY_FIRST_DASHED),
  DAY_FIRST_DASHED_WITH_MARK(StandardCharsets.UTF_8, true, ',', false, Dates.DAY_FIRST_DASHED),
  DAY_FIRST_DASHED_IN_WINDOWS_1252(windows1252(), false, ',', false, Dates.DAY_FIRST_DASHED),
  LATER_EDITION(StandardCharsets.UTF_8, false, ',', true, Dates.ISO),
  LATER_EDITION_WITH_MARK(StandardCharsets.UTF_8, true, ',', true, Dates.ISO),
  SEMICOLONS(windows1252(), false, ';', false, Dates.MONTH_FIRST),
  TABS(StandardCharsets.UTF_8, false, '\t', false, Dates.ISO);

  private enum Dates {
    MONTH_FIRST,
    DAY_FIRST_DASHED,
    ISO
  }

  private static final String LATER_HEADER =
      "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country";
  private static final int DATE = 4;
  private static final int CUSTOMER = 6;

  private final Charset charset;
  private final boolean marked;
  private final char separator;
  private final boolean later;
  private final Dates dates;

  DataDialect(Charset charset, boolean marked, char separator, boolean later, Dates dates) {
    this.charset = charset;
    this.marked = marked;
    this.separator = separator;
    this.later = later;
    this.dates = dates;
  }

  private static Charset windows1252() {
    return Charset.forName("windows-1252");
  }

  /**
   * Writes the original in this dialect.
   *
   * @param original as on Kaggle; rows of one line each
   */
  public void write(InputStream original, OutputStream to) throws IOException {
    BufferedReader rows = new BufferedReader(new InputStreamReader(original, windows1252()));
    BufferedWriter out = new BufferedWriter(new OutputStreamWriter(to, charset));
    if (marked) {
      out.write('\ufeff');
    }
    String header = String.valueOf(rows.readLine());
    out.write((later ? LATER_HEADER : header).replace(',', separator) + "\r\n");
    for (String row = rows.readLine(); row != null; row = rows.readLine()) {
      List<String> fields = split(row);
      fields.set(DATE, date(fields.get(DATE)));
      if (later && !fields.get(CUSTOMER).isEmpty()) {
        fields.set(CUSTOMER, fields.get(CUSTOMER) + ".0");
      }
      for (int i = 0; i < fields.size(); i++) {
        out.write((i == 0 ? "" : String.valueOf(separator)) + quoted(fields.get(i)));
      }
      out.write("\r\n");
    }
    out.flush();
  }

  private static List<String> split(String row) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '"' && quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private String quoted(String text) {
    boolean plain = text.indexOf(separator) < 0 && text.indexOf('"') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Of {@code 12/1/2010 8:26}. */
  private String date(String original) {
    String[] parts = original.split("[/ :]", -1);
    int month = Integer.parseInt(parts[0]);
    int day = Integer.parseInt(parts[1]);
    int hour = Integer.parseInt(parts[3]);
    switch (dates) {
      case DAY_FIRST_DASHED:
        return two(day) + "-" + two(month) + "-" + parts[2] + " " + two(hour) + ":" + parts[4];
      case ISO:
        return parts[2]
            + "-"
            + two(month)
            + "-"
            + two(day)
            + " "
            + two(hour)
            + ":"
            + parts[4]
            + ":00";
      case MONTH_FIRST:
      default:
        return original;
    }
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }
}
