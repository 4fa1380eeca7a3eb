package org.invoiceflow.local.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.model.CsvDetector;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.CsvReader;
import org.invoiceflow.model.CsvRow;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.InvoiceLine;

/** Reads all lines of a CSV file, plain or gzip, as the import would. */
public final class CsvLines {

  private CsvLines() {}

  /**
   * The lines in file order.
   *
   * @param path of a file whose every row is accepted
   */
  public static List<InvoiceLine> read(Path path) throws IOException {
    CsvDialect dialect = CsvDetector.detect(() -> open(path), CsvOptions.detectAll());
    CsvRowParser parser = new CsvRowParser(dialect);
    String name = path.getFileName().toString();
    List<InvoiceLine> lines = new ArrayList<>();
    try (InputStream in = open(path);
        CsvReader rows = new CsvReader(in, dialect)) {
      for (Optional<CsvRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        lines.add(parser.parse(row.get().bytes(), row.get().lineNo(), name).line().orElseThrow());
      }
    }
    return lines;
  }

  private static InputStream open(Path path) throws IOException {
    InputStream bytes = Files.newInputStream(path);
    return path.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }
}
