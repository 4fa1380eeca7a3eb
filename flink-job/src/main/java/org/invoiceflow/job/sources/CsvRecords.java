package org.invoiceflow.job.sources;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.CsvDetector;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.CsvReader;
import org.invoiceflow.model.CsvRow;

/** One record per row of a CSV file. */
final class CsvRecords implements RecordReader {

  private final String file;
  private final String format;
  private final long openedAt;
  private final CsvReader rows;

  private CsvRecords(Path file, CsvDialect dialect, long openedAt) throws IOException {
    this.file = file.toString();
    this.format = dialect.toString();
    this.openedAt = openedAt;
    this.rows = new CsvReader(Unpacked.open(file), dialect);
  }

  /** Reads the whole file once to see how it is written. */
  static CsvRecords open(Path file, CsvOptions options) throws IOException {
    long openedAt = System.currentTimeMillis();
    CsvDialect dialect = CsvDetector.detect(() -> Unpacked.open(file), options);
    return new CsvRecords(file, dialect, openedAt);
  }

  @Override
  public Optional<ReceivedRecord> next() throws IOException {
    Optional<CsvRow> next = rows.next();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    CsvRow row = next.get();
    Origin origin = new Origin(file, "line " + row.fileLine(), openedAt);
    return Optional.of(new ReceivedRecord(origin, format, row.lineNo(), row.bytes()));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
