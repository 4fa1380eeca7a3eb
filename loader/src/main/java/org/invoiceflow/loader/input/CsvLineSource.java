package org.invoiceflow.loader.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvInspection;
import org.invoiceflow.model.CsvReader;
import org.invoiceflow.model.CsvRow;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.LineResult;

/** The rows of a CSV file, numbered within their invoices by the reader. */
final class CsvLineSource implements LineSource {

  private final CsvReader reader;
  private final CsvRowParser parser;
  private final CsvDialect dialect;
  private final Optional<String> warning;
  private final String name;
  private final Function<IOException, InputException> failure;

  /**
   * @param found on the input
   * @param dialect its dialect
   * @param name what the lines name as their file
   * @param failure what a failed read means to the user
   */
  CsvLineSource(
      InputStream in,
      CsvInspection found,
      CsvDialect dialect,
      String name,
      Function<IOException, InputException> failure) {
    this.reader = new CsvReader(in, dialect);
    this.parser = new CsvRowParser(dialect);
    this.dialect = dialect;
    this.warning = found.warning();
    this.name = name;
    this.failure = failure;
  }

  @Override
  public Optional<SourceLine> next() throws IOException {
    return row().map(this::parsed);
  }

  @Override
  public String format() {
    return dialect.toString();
  }

  @Override
  public Optional<String> warning() {
    return warning;
  }

  @Override
  public void skip(long lines) throws IOException {
    for (long i = 0; i < lines && row().isPresent(); i++) {
      // The reader counts the row; nobody needs what it says.
    }
  }

  private Optional<CsvRow> row() throws IOException {
    try {
      return reader.next();
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  private SourceLine parsed(CsvRow row) {
    LineResult result = parser.parse(row.bytes(), row.lineNo(), name);
    String draft = result.line().isPresent() ? "" : parser.draft(row.bytes(), row.lineNo(), name);
    return new SourceLine(
        row.fileLine(), new String(row.bytes(), dialect.charset()), result, draft);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
