package org.invoiceflow.model;

import java.io.IOException;
import java.nio.charset.Charset;
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
    try (CsvSplitter rows = new CsvSplitter(source.open())) {
      refuseOtherFileTypes(rows, options);
      if (!rows.nextLine()) {
        throw new CsvException("The file is empty; expected a header and rows");
      }
      byte[] line = Arrays.copyOfRange(rows.buffer(), rows.start(), rows.end());
      CsvHeader header = CsvHeader.read(line, options.separator());
      CsvCharsets charsets = new CsvCharsets(options.charset());
      CsvColumnEvidence columns = new CsvColumnEvidence(header);
      while (rows.nextRow((byte) header.separator())) {
        charsets.look(rows);
        columns.look(rows);
      }
      Charset charset = charsets.decide();
      return new CsvDialect(
          charset,
          header.separator(),
          columns.dateFormat(options.dateFormat()),
          columns.decimalCustomers(),
          header.columns());
    }
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
