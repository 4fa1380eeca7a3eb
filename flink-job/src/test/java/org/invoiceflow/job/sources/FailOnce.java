package org.invoiceflow.job.sources;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.invoiceflow.job.intake.ReceivedRecord;

/**
 * Fails once, some records after a checkpoint in the middle of a file. The reader is held in its
 * own thread until that checkpoint is complete, so that the test does not depend on speed. One test
 * per process uses it, with one reader.
 */
final class FailOnce
    implements MapFunction<ReceivedRecord, ReceivedRecord>,
        CheckpointedFunction,
        CheckpointListener {

  private static final long serialVersionUID = 1L;

  /** Two whole batches, which reach the task while the reader is held in the third. */
  static final long SEEN_BEFORE_CHECKPOINT = 2L * RecordFileFormat.BATCH_RECORDS;

  private static final long HELD_AT = SEEN_BEFORE_CHECKPOINT + 500;
  private static final long FAILS_AT = SEEN_BEFORE_CHECKPOINT + 700;

  private static final CountDownLatch CHECKPOINT_IN_THE_MIDDLE = new CountDownLatch(1);
  private static final AtomicLong RESTORED_AFTER = new AtomicLong(-1);

  private transient long seen;
  private transient long middleCheckpoint;
  private transient boolean restored;
  private transient ListState<Long> seenState;

  /** How many records the checkpoint held from which the job went on; -1 if it never failed. */
  static long restoredAfter() {
    return RESTORED_AFTER.get();
  }

  static RecordReader.Factory holding(RecordReader.Factory factory) {
    return file -> new Holding(factory.open(file));
  }

  @Override
  public ReceivedRecord map(ReceivedRecord record) {
    seen++;
    if (!restored && seen == FAILS_AT) {
      throw new IllegalStateException("injected");
    }
    return record;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    seenState =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>("seen", Types.LONG));
    restored = context.isRestored();
    for (Long count : seenState.get()) {
      seen = count;
    }
    if (restored) {
      RESTORED_AFTER.set(seen);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    seenState.update(java.util.List.of(seen));
    if (seen >= SEEN_BEFORE_CHECKPOINT && middleCheckpoint == 0) {
      middleCheckpoint = context.getCheckpointId();
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    if (middleCheckpoint > 0 && checkpointId >= middleCheckpoint) {
      CHECKPOINT_IN_THE_MIDDLE.countDown();
    }
  }

  private static final class Holding implements RecordReader {
    private final RecordReader records;
    private long read;

    Holding(RecordReader records) {
      this.records = records;
    }

    @Override
    public Optional<ReceivedRecord> next() throws java.io.IOException {
      if (++read == HELD_AT) {
        try {
          CHECKPOINT_IN_THE_MIDDLE.await();
        } catch (InterruptedException e) {
          throw new java.io.InterruptedIOException();
        }
      }
      return records.next();
    }

    @Override
    public void close() throws java.io.IOException {
      records.close();
    }
  }
}
