package org.invoiceflow.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks at a whole CSV file once and says how it is written. Memory does not grow with the file.
 *
 * <p>Detection goes by the rows that can be read; rows that fit neither the charset nor the date
 * format that most rows fit are refused one by one when they are parsed, not here.
 */
public final class CsvDetector {

  private CsvDetector() {}

  /**
   * The dialect of the file; what the options leave open is detected.
   *
   * @throws CsvException if the file is empty, no CSV, lacks columns in its header, is not written
   *     in the given charset, or if its dates fit no known format or more than one
   */
  public static CsvDialect detect(ByteSource source, CsvOptions options) throws IOException {
    return inspect(source, options).dialect();
  }

  /**
   * All that a look at the whole file finds; what the options leave open is detected.
   *
   * @throws CsvException if the file is empty, no CSV, lacks columns in its header, or is not
   *     written in the given charset
   */
  public static CsvInspection inspect(ByteSource source, CsvOptions options) throws IOException {
    try (CsvSplitter rows = new CsvSplitter(source.open())) {
      refuseOtherFileTypes(rows, options);
      boolean marked = rows.startsWith(0xEF, 0xBB, 0xBF);
      if (!rows.nextLine()) {
        throw new CsvException("The file is empty; expected a header and rows");
      }
      byte[] line = Arrays.copyOfRange(rows.buffer(), rows.start(), rows.end());
      CsvHeader header = CsvHeader.read(line, options.separator());
      return new CsvInspection(marked, header, options).look(rows);
    }
  }

  /**
   * A look at what can be read only once, from its first bytes. Charset and date format have to be
   * given; separator, columns and the customers' form are detected from these bytes.
   *
   * @param start whole lines
   * @param isAll whether nothing follows
   * @throws CsvException as {@link #inspect}; also if an option is missing, or if no row names a
   *     customer and some that follow may do so
   */
  public static CsvInspection inspectStart(byte[] start, boolean isAll, CsvOptions options)
      throws IOException {
    if (options.charset().isEmpty() || options.dateFormat().isEmpty()) {
      throw new CsvException(
          "The data can be read only once, so how they are written cannot be found out before; say it"
              + " with --encoding and --date-format");
    }
    CsvInspection found = inspect(() -> new ByteArrayInputStream(start), options);
    if (found.customers() == 0 && !isAll) {
      throw new CsvException(
          "None of the first "
              + found.rows()
              + " rows names a customer, so it cannot be told whether customers are written 13085"
              + " or 13085.0; put the data into a file, which is looked at as a whole");
    }
    return found;
  }

  private static void refuseOtherFileTypes(CsvSplitter rows, CsvOptions options)
      throws IOException {
    if (rows.startsWith(0xFF, 0xFE) || rows.startsWith(0xFE, 0xFF)) {
      throw new CsvException("The file is written in UTF-16; convert it to UTF-8");
    }
    if (rows.startsWith('P', 'K', 3, 4)) {
      throw new CsvException("The file is a zip archive or an Excel workbook; export it as CSV");
    }
    if (rows.startsWith(0x1F, 0x8B)) {
      throw new CsvException("The file is compressed with gzip; its name has to end in .gz");
    }
    boolean otherThanUtf8 =
        options.charset().isPresent() && !options.charset().get().equals(StandardCharsets.UTF_8);
    if (rows.startsWith(0xEF, 0xBB, 0xBF) && otherThanUtf8) {
      throw new CsvException(
          "The file begins with the mark of UTF-8, but " + options.charset().get() + " was given");
    }
  }
}
