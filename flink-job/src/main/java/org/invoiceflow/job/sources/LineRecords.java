package org.invoiceflow.job.sources;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;

/** One record per line that is not blank. */
final class LineRecords implements RecordReader {

  /** What one line becomes. */
  @FunctionalInterface
  interface LineForm {
    ReceivedRecord record(Origin origin, byte[] line);
  }

  private final String file;
  private final LineReader lines;
  private final int maxLineBytes;
  private final LineForm form;
  private final long openedAt = System.currentTimeMillis();

  /**
   * @param maxLineBytes a longer line becomes an unreadable record
   */
  LineRecords(Path file, int maxLineBytes, LineForm form) throws IOException {
    this.file = file.toString();
    this.lines = new LineReader(Unpacked.open(file), maxLineBytes);
    this.maxLineBytes = maxLineBytes;
    this.form = form;
  }

  @Override
  public Optional<ReceivedRecord> next() throws IOException {
    while (lines.next()) {
      Origin origin = new Origin(file, "line " + lines.number(), openedAt);
      if (lines.tooLong()) {
        String reason =
            "The line is longer than "
                + maxLineBytes
                + " bytes, of which the first are shown; write one JSON object a line";
        return Optional.of(ReceivedRecord.unreadable(origin, reason, lines.line()));
      }
      if (!lines.isBlank()) {
        return Optional.of(form.record(origin, lines.line()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
