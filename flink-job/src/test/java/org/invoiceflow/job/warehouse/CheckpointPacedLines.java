package org.invoiceflow.job.warehouse;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.invoiceflow.model.InvoiceLine;

/**
 * Lets one portion of lines go, waits until a checkpoint that holds it is complete, and so on;
 * fails once in front of a given portion if told to.
 */
final class CheckpointPacedLines
    implements SourceFunction<InvoiceLine>, CheckpointedFunction, CheckpointListener {

  private static final long serialVersionUID = 1L;

  private static final AtomicInteger FAIL_AT = new AtomicInteger(-1);
  private static final AtomicBoolean FAILED = new AtomicBoolean();
  private static final AtomicInteger PORTIONS_IN_CHECKPOINTS = new AtomicInteger();

  private final int linesPerPortion;
  private final int portions;

  private volatile boolean running = true;
  private int sent;
  private transient int sentInSnapshot;
  private transient int sentInCompleteCheckpoint;
  private transient ListState<Integer> state;

  CheckpointPacedLines(int linesPerPortion, int portions) {
    this.linesPerPortion = linesPerPortion;
    this.portions = portions;
    PORTIONS_IN_CHECKPOINTS.set(0);
  }

  static void failOnceAt(int portion) {
    FAILED.set(false);
    FAIL_AT.set(portion);
  }

  static boolean hasFailed() {
    return FAILED.get();
  }

  /** Of the run that is on, or was last. */
  static int portionsInCheckpoints() {
    return PORTIONS_IN_CHECKPOINTS.get();
  }

  @Override
  public void run(SourceContext<InvoiceLine> context) throws Exception {
    Object lock = context.getCheckpointLock();
    while (running && sent < portions) {
      synchronized (lock) {
        if (FAIL_AT.compareAndSet(sent, -1)) {
          FAILED.set(true);
          throw new IllegalStateException("injected failure before portion " + sent);
        }
        long from = (long) sent * linesPerPortion;
        List<InvoiceLine> lines = Lines.range(from, from + linesPerPortion);
        lines.forEach(context::collect);
        sent++;
        while (running && sentInCompleteCheckpoint < sent) {
          lock.wait(10);
        }
      }
    }
  }

  @Override
  public void cancel() {
    running = false;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(List.of(sent));
    sentInSnapshot = sent;
  }

  /** Checkpoints do not overlap, so the one that is complete is the last that was taken. */
  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    sentInCompleteCheckpoint = sentInSnapshot;
    PORTIONS_IN_CHECKPOINTS.set(sentInSnapshot);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("sent", IntSerializer.INSTANCE));
    for (int restored : state.get()) {
      sent = restored;
      sentInCompleteCheckpoint = restored;
    }
  }
}
