package org.invoiceflow.local.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.StreamSource;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.OperatorChain;

/** A source function's operator with a strike point; a proxy would be no {@link StreamSource}. */
final class StrikingSource<T> extends StreamSource<T, SourceFunction<T>> {

  private static final long serialVersionUID = 1L;

  private final int plan;
  private final String name;
  private transient StrikePoint point;

  StrikingSource(SourceFunction<T> function, int plan, String name) {
    super(function);
    this.plan = plan;
    this.name = name;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    point =
        new StrikePoint(
            CrashPlan.numbered(plan), name, getRuntimeContext().getTaskInfo().getAttemptNumber());
  }

  @Override
  @SuppressWarnings("unchecked") // The proxy of an interface.
  public void run(Object lock, Output<StreamRecord<T>> collector, OperatorChain<?, ?> operatorChain)
      throws Exception {
    Output<StreamRecord<T>> struck =
        (Output<StreamRecord<T>>)
            Proxy.newProxyInstance(
                StrikingSource.class.getClassLoader(),
                new Class<?>[] {Output.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("collect") && arguments.length == 1) {
                    point.beforeElement(arguments[0]);
                  }
                  try {
                    return method.invoke(collector, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    super.run(lock, struck, operatorChain);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    point.beforeBarrier();
    super.prepareSnapshotPreBarrier(checkpointId);
    point.afterBarrier();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    point.afterSnapshot(context.getCheckpointId(), context.getCheckpointTimestamp());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    point.beforeCommit();
    super.notifyCheckpointComplete(checkpointId);
    point.afterCommit(checkpointId);
  }
}
