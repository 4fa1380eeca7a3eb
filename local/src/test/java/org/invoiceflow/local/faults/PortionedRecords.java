package org.invoiceflow.local.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.invoiceflow.job.intake.ReceivedRecord;

/**
 * Records of a test in this JVM, which are let go one by one; their position is state that says
 * nothing of where they came from, so a savepoint of it can be restored anywhere.
 */
@SuppressWarnings("deprecation") // The only kind that a test can hold back in a few lines.
final class PortionedRecords implements SourceFunction<ReceivedRecord>, CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private static final Map<Integer, Shared> ALL = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private record Shared(List<ReceivedRecord> records, AtomicInteger released, AtomicInteger sent) {}

  private final int id = NEXT.incrementAndGet();
  private volatile boolean running = true;
  private int position;
  private transient ListState<Integer> state;

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState first.
  PortionedRecords(List<ReceivedRecord> records) {
    ALL.put(id, new Shared(List.copyOf(records), new AtomicInteger(), new AtomicInteger()));
  }

  /** Lets the first so many go. */
  void release(int count) {
    shared().released().set(count);
  }

  /** Of those that were let go, how many the graph has been given; counts from the start. */
  int sent() {
    return shared().sent().get();
  }

  private Shared shared() {
    return ALL.get(id);
  }

  @Override
  public void run(SourceContext<ReceivedRecord> context) throws Exception {
    Object lock = context.getCheckpointLock();
    Shared shared = shared();
    while (running) {
      synchronized (lock) {
        if (position < shared.released().get()) {
          context.collect(shared.records().get(position));
          position++;
          shared.sent().set(position);
        } else {
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
    state.update(List.of(position));
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("position", IntSerializer.INSTANCE));
    for (int restored : state.get()) {
      position = restored;
    }
  }
}
