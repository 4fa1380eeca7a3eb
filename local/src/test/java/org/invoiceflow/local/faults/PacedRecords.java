package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.RichParallelSourceFunction;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;

/**
 * Sends a {@link Feed}'s records at a steady pace and remembers in checkpoints how far it is; takes
 * the place of the Kinesis consumer, which is a source function too.
 */
@SuppressWarnings("deprecation") // Of the same kind as what it stands for.
final class PacedRecords extends RichParallelSourceFunction<ReceivedRecord>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private static final Duration PACE = Duration.ofMillis(20);
  private static final int UNKNOWN = -1;

  private final int feed;
  private volatile boolean running = true;
  private int next = UNKNOWN;
  private transient ListState<Integer> state;

  PacedRecords(Feed feed) {
    this.feed = feed.number();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    next = subtask;
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("next", Types.INT));
    for (int restored : state.get()) {
      if (restored % parallelism == subtask) {
        next = restored;
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(java.util.List.of(next));
  }

  @Override
  public void run(SourceContext<ReceivedRecord> context) {
    Feed from = Feed.numbered(feed);
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    while (running) {
      synchronized (context.getCheckpointLock()) {
        if (from.maySend(subtask, next)) {
          context.collect(received(from, next));
          next += parallelism;
        } else if (from.isFinite()) {
          return;
        }
      }
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private static ReceivedRecord received(Feed from, int index) {
    return new ReceivedRecord(
        new Origin("kinesis:seeded", "shard/" + index, System.currentTimeMillis()),
        ReceivedRecord.JSON,
        ReceivedRecord.NO_LINE_NO,
        from.records().record(index).payload());
  }

  @Override
  public void cancel() {
    running = false;
  }
}
