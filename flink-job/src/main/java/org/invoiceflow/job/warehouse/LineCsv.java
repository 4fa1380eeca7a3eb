package org.invoiceflow.job.warehouse;

import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.invoiceflow.model.InvoiceLine;

/** A line as {@link BulkLoad} reads it. Not thread-safe: it reuses its buffer. */
final class LineCsv {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final StringBuilder row = new StringBuilder(256);

  /** The row with its line end; valid until the next call. */
  CharSequence rowOf(InvoiceLine line) {
    row.setLength(0);
    text(line.invoiceNo());
    row.append(",\"").append(line.lineNo()).append("\",");
    text(line.stockCode());
    row.append(',');
    text(line.description());
    row.append(",\"").append(line.quantity()).append("\",\"");
    TIMESTAMP.formatTo(line.invoiceDate(), row);
    row.append("\",\"").append(line.unitPrice().toPlainString()).append("\",");
    optionalText(line.customerId());
    row.append(',');
    text(line.country());
    row.append(',');
    optionalText(line.sourceFile());
    return row.append('\n');
  }

  private void text(String value) {
    row.append('"');
    if (value.indexOf('"') < 0) {
      row.append(value);
    } else {
      row.append(value.replace("\"", "\"\""));
    }
    row.append('"');
  }

  private void optionalText(Optional<String> value) {
    if (value.isPresent()) {
      text(value.get());
    } else {
      row.append("\\N");
    }
  }
}
