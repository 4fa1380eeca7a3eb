package org.invoiceflow.job.lake;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.invoiceflow.job.intake.ReceivedRecord;

/**
 * Numbered records in chunks, with a completed checkpoint between any two chunks; fails once in the
 * middle of a chunk. An older kind of source, because it can wait for a checkpoint without holding
 * it up.
 */
@SuppressWarnings("deprecation")
final class PacedNumbers
    implements SourceFunction<ReceivedRecord>, CheckpointedFunction, CheckpointListener {

  private static final long serialVersionUID = 1L;

  static final long COUNT = 1_000;

  private static final int CHUNK = 100;
  private static final long FAILS_AT = 450;
  private static final AtomicInteger FAILURES = new AtomicInteger();

  private transient long last;
  private transient boolean restored;
  private transient ListState<Long> lastState;
  private transient Semaphore completedCheckpoints;
  private volatile boolean cancelled;

  static int failures() {
    return FAILURES.get();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    completedCheckpoints = new Semaphore(0);
    lastState =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>("last", Types.LONG));
    restored = context.isRestored();
    for (Long number : lastState.get()) {
      last = number;
    }
  }

  @Override
  public void run(SourceContext<ReceivedRecord> out) throws Exception {
    while (!cancelled && last < COUNT) {
      synchronized (out.getCheckpointLock()) {
        last++;
        out.collect(LakeSinksITCase.record(last));
      }
      if (!restored && last == FAILS_AT) {
        FAILURES.incrementAndGet();
        throw new IllegalStateException("injected");
      }
      if (last % CHUNK == 0) {
        completedCheckpoints.drainPermits();
        completedCheckpoints.acquire();
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    lastState.update(List.of(last));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    completedCheckpoints.release();
  }

  @Override
  public void cancel() {
    cancelled = true;
    completedCheckpoints.release();
  }
}
