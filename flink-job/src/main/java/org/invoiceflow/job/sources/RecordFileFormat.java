package org.invoiceflow.job.sources;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole files from their start, because rows are numbered by what stands before them. A
 * position in a file is therefore the number of records before it; after a failure that many are
 * read again and passed over. The record that stands for the unreadable rest of a file has {@link
 * #ENDED} for its offset: nothing follows it, however the file may look after the failure.
 */
final class RecordFileFormat implements BulkFormat<ReceivedRecord, FileSourceSplit> {

  private static final long serialVersionUID = 1L;

  /** Records that pass between Flink's threads at once. */
  static final int BATCH_RECORDS = 1_000;

  /** Payload after which a batch ends early, so that long lines do not fill the memory. */
  static final int BATCH_BYTES = 1 << 20;

  /** Any offset but {@link CheckpointedPosition#NO_OFFSET}, which all other records have. */
  static final long ENDED = 0;

  private final RecordReader.Factory factory;

  RecordFileFormat(RecordReader.Factory factory) {
    this.factory = factory;
  }

  @Override
  public BulkFormat.Reader<ReceivedRecord> createReader(
      Configuration config, FileSourceSplit split) {
    return new Reader(new FaultTolerantReader(split.path(), factory));
  }

  @Override
  public BulkFormat.Reader<ReceivedRecord> restoreReader(
      Configuration config, FileSourceSplit split) throws IOException {
    Reader reader = new Reader(new FaultTolerantReader(split.path(), factory));
    try {
      if (split.getReaderPosition().isPresent()) {
        reader.goTo(split.getReaderPosition().get());
      }
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
    return reader;
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public TypeInformation<ReceivedRecord> getProducedType() {
    return CodecTypeInfo.using(ReceivedRecordCodec.class);
  }

  private static final class Reader implements BulkFormat.Reader<ReceivedRecord> {
    private final FaultTolerantReader records;
    private final ArrayDeque<ReceivedRecord> last = new ArrayDeque<>(1);
    private long done;
    private boolean ended;

    Reader(FaultTolerantReader records) {
      this.records = records;
    }

    void goTo(CheckpointedPosition position) throws IOException {
      done = position.getRecordsAfterOffset();
      ended = position.getOffset() == ENDED;
      if (!ended) {
        records.passOver(done);
      }
    }

    @Override
    public BulkFormat.@Nullable RecordIterator<ReceivedRecord> readBatch() throws IOException {
      ReceivedRecord[] batch = new ReceivedRecord[BATCH_RECORDS];
      int count = 0;
      long bytes = 0;
      while (!ended && count < BATCH_RECORDS && bytes < BATCH_BYTES) {
        Optional<ReceivedRecord> record = records.next();
        ended = record.isEmpty() || records.brokenOff();
        if (records.brokenOff()) {
          record.ifPresent(last::add);
        } else if (record.isPresent()) {
          batch[count++] = record.get();
          bytes += record.get().payload().length;
        }
      }
      if (count > 0) {
        return batch(batch, count, CheckpointedPosition.NO_OFFSET);
      }
      return last.isEmpty() ? null : batch(new ReceivedRecord[] {last.remove()}, 1, ENDED);
    }

    private BulkFormat.RecordIterator<ReceivedRecord> batch(
        ReceivedRecord[] records, int count, long offset) {
      ArrayResultIterator<ReceivedRecord> iterator = new ArrayResultIterator<>();
      iterator.set(records, count, offset, done);
      done += count;
      return iterator;
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}
