package org.invoiceflow.loader.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvReader;
import org.invoiceflow.model.CsvRow;
import org.invoiceflow.model.CsvRowParser;

/** The rows of a CSV file, numbered within their invoices by the reader. */
final class CsvLineSource implements LineSource {

  private final CsvReader reader;
  private final CsvRowParser parser;
  private final CsvDialect dialect;
  private final SourceFile file;

  CsvLineSource(InputStream in, CsvDialect dialect, SourceFile file) {
    this.reader = new CsvReader(in, dialect);
    this.parser = new CsvRowParser(dialect);
    this.dialect = dialect;
    this.file = file;
  }

  @Override
  public Optional<SourceLine> next() throws IOException {
    Optional<CsvRow> next;
    try {
      next = reader.next();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    return next.map(
        row ->
            new SourceLine(
                row.fileLine(),
                new String(row.bytes(), dialect.charset()),
                parser.parse(row.bytes(), row.lineNo(), file.name())));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
