package org.invoiceflow.job.sources;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.CsvException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what cannot be read because of what a file holds into one last record of that file, which
 * intake rejects with the reason: a job that threw would be restarted, and throw again, for ever.
 * Opens the file when the first record is asked for.
 *
 * <p>What was read before a restart is passed over; a file that ends before that, because it is
 * gone, damaged or shorter now, gives such a last record too.
 */
final class FaultTolerantReader implements RecordReader {

  /** How much of an unreadable file is shown with its rejection. */
  private static final int SHOWN_BYTES = 1_000;

  private final Path file;
  private final Factory factory;
  private @Nullable RecordReader records;
  private @Nullable String lastPosition;
  private @Nullable ReceivedRecord endedWhilePassing;
  private boolean ended;
  private boolean brokenOff;

  FaultTolerantReader(Path file, Factory factory) {
    this.file = file;
    this.factory = factory;
  }

  @Override
  public Optional<ReceivedRecord> next() throws IOException {
    if (endedWhilePassing != null) {
      ReceivedRecord last = endedWhilePassing;
      endedWhilePassing = null;
      return Optional.of(last);
    }
    if (ended) {
      return Optional.empty();
    }
    try {
      if (records == null) {
        records = factory.open(file);
      }
      Optional<ReceivedRecord> record = records.next();
      record.ifPresent(read -> lastPosition = read.origin().position());
      ended = record.isEmpty();
      return record;
    } catch (CsvException | UnreadableFileException e) {
      return last(e.getMessage());
    } catch (FileNotFoundException e) {
      if (file.getFileSystem().exists(file)) {
        throw e;
      }
      return last("The file was there when the import began and is gone; upload it again");
    }
  }

  /**
   * Passes over records that were handed out before a restart. If the file ends before so many,
   * {@link #next} says so in its one last record.
   */
  void passOver(long count) throws IOException {
    for (long passed = 0; passed < count; passed++) {
      Optional<ReceivedRecord> record = next();
      if (record.isPresent() && !brokenOff) {
        continue;
      }
      String reason =
          record
              .flatMap(ReceivedRecord::unreadableReason)
              .orElse("The file has become shorter since it was read; upload it again");
      lastPosition = "record " + count;
      endedWhilePassing = last(reason).orElseThrow();
      return;
    }
  }

  /**
   * Whether the record that was handed out last stands for the rest of a file that cannot be read.
   */
  boolean brokenOff() {
    return brokenOff;
  }

  private Optional<ReceivedRecord> last(@Nullable String reason) {
    ended = true;
    brokenOff = true;
    String position = lastPosition == null ? "whole file" : "after " + lastPosition;
    Origin origin = new Origin(file.toString(), position, System.currentTimeMillis());
    byte[] shown = lastPosition == null ? beginning() : new byte[0];
    return Optional.of(ReceivedRecord.unreadable(origin, String.valueOf(reason), shown));
  }

  private byte[] beginning() {
    try (InputStream in = Unpacked.open(file)) {
      return in.readNBytes(SHOWN_BYTES);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
    }
  }
}
