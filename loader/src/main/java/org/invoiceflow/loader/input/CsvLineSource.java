package org.invoiceflow.loader.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvReader;
import org.invoiceflow.model.CsvRow;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.LineResult;

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
    return next.map(this::parsed);
  }

  private SourceLine parsed(CsvRow row) {
    LineResult result = parser.parse(row.bytes(), row.lineNo(), file.name());
    String draft =
        result.line().isPresent() ? "" : parser.draft(row.bytes(), row.lineNo(), file.name());
    return new SourceLine(
        row.fileLine(), new String(row.bytes(), dialect.charset()), result, draft);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
