package org.invoiceflow.job.sources;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Locale;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.jspecify.annotations.Nullable;

/** Opens a file of invoices in the way that its name asks for. Immutable. */
final class InvoiceFileOpener implements RecordReader.Factory {

  private static final long serialVersionUID = 1L;

  /** Well above what a Kinesis record or a request may hold. */
  static final int MAX_JSON_LINE_BYTES = 16 << 20;

  // The parts of CsvOptions, which is not serializable, nor is a Charset.
  private final @Nullable String charset;
  private final @Nullable Character separator;
  private final @Nullable DateFormat dateFormat;

  InvoiceFileOpener(CsvOptions csv) {
    this.charset = csv.charset().map(Charset::name).orElse(null);
    this.separator = csv.separator().orElse(null);
    this.dateFormat = csv.dateFormat().orElse(null);
  }

  private CsvOptions csvOptions() {
    CsvOptions csv = CsvOptions.detectAll();
    csv = charset == null ? csv : csv.withCharset(Charset.forName(charset));
    csv = separator == null ? csv : csv.withSeparator(separator);
    return dateFormat == null ? csv : csv.withDateFormat(dateFormat);
  }

  @Override
  public RecordReader open(Path file) throws IOException {
    String name = file.getName().toLowerCase(Locale.ROOT);
    String unpacked = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    switch (unpacked.substring(unpacked.lastIndexOf('.') + 1)) {
      case "csv":
        return CsvRecords.open(file, csvOptions());
      case "jsonl":
      case "ndjson":
      case "json":
        return new LineRecords(
            file,
            MAX_JSON_LINE_BYTES,
            (origin, line) ->
                new ReceivedRecord(origin, ReceivedRecord.JSON, ReceivedRecord.NO_LINE_NO, line));
      default:
        throw new UnreadableFileException(
            "The file's name does not say what it holds; end it in .csv or .jsonl (.ndjson, .json),"
                + " with .gz after it if it is compressed");
    }
  }
}
