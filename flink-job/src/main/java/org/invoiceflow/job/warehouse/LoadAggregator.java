package org.invoiceflow.job.warehouse;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.invoiceflow.job.metrics.JobMetrics;

/**
 * Gathers the writers' files and lets them go as one load: at the first checkpoint after the load
 * interval, and at the end of the input. Runs with parallelism 1. What it holds back is its state.
 *
 * <p>The interval counts from the last load, over restarts too, so that a job that restarts often
 * still loads.
 */
final class LoadAggregator extends AbstractStreamOperator<CommittableMessage<StagedLoad>>
    implements OneInputStreamOperator<
            CommittableMessage<StagedFile>, CommittableMessage<StagedLoad>>,
        BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<byte[]> HELD =
      new ListStateDescriptor<>("held-files", BytePrimitiveArraySerializer.INSTANCE);
  private static final ListStateDescriptor<Long> LAST_LOAD =
      new ListStateDescriptor<>("last-load-millis", LongSerializer.INSTANCE);
  private static final ListStateDescriptor<long[]> LOAD_TIMES =
      new ListStateDescriptor<>("load-times", LongPrimitiveArraySerializer.INSTANCE);

  private final long intervalMillis;

  private transient VersionedForm<StagedFile> form;
  private transient List<StagedFile> held;
  private transient long lastLoadMillis;
  private transient WaitingLoads waiting;
  private transient ListState<byte[]> heldState;
  private transient ListState<Long> lastLoadState;
  private transient ListState<long[]> loadTimesState;

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState first.
  LoadAggregator(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    form = new VersionedForm<>(new StagedFileCodec());
    held = new ArrayList<>();
    heldState = context.getOperatorStateStore().getListState(HELD);
    lastLoadState = context.getOperatorStateStore().getListState(LAST_LOAD);
    loadTimesState = context.getOperatorStateStore().getListState(LOAD_TIMES);
    waiting = new WaitingLoads();
    waiting.restore(loadTimesState.get());
    for (byte[] bytes : heldState.get()) {
      hold(SimpleVersionedSerialization.readVersionAndDeSerialize(form, bytes));
    }
    lastLoadMillis = now();
    for (long restored : lastLoadState.get()) {
      lastLoadMillis = restored;
    }
    registerMetrics();
  }

  private void registerMetrics() {
    MetricGroup metrics = JobMetrics.group(getMetricGroup());
    metrics.gauge(
        JobMetrics.WAREHOUSE_OLDEST_WAITING_AGE,
        (Gauge<Long>) () -> ageOf(waiting.oldestWaiting(), 0));
    metrics.gauge(
        JobMetrics.WAREHOUSE_NEWEST_LOADED_AGE,
        (Gauge<Long>) () -> ageOf(waiting.newestLoaded(), -1));
  }

  /** The writers' clocks may run a little ahead of this one. */
  private long ageOf(long millis, long ifNone) {
    return millis == WaitingLoads.NONE ? ifNone : Math.max(0, now() - millis);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<byte[]> files = new ArrayList<>(held.size());
    for (StagedFile file : held) {
      files.add(SimpleVersionedSerialization.writeVersionAndSerialize(form, file));
    }
    heldState.update(files);
    lastLoadState.update(List.of(lastLoadMillis));
    loadTimesState.update(waiting.snapshot());
  }

  @Override
  public void processElement(StreamRecord<CommittableMessage<StagedFile>> element) {
    // The summaries that precede the files are for Flink's own operators.
    if (element.getValue() instanceof CommittableWithLineage) {
      hold(((CommittableWithLineage<StagedFile>) element.getValue()).getCommittable());
    }
  }

  private void hold(StagedFile file) {
    held.add(file);
    waiting.hold(file);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    if (now() - lastLoadMillis >= intervalMillis) {
      emit(checkpointId);
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    waiting.completed(checkpointId);
  }

  @Override
  public void endInput() {
    emit(CommittableMessage.EOI);
  }

  private void emit(long checkpointId) {
    if (held.isEmpty()) {
      return;
    }
    output.collect(new StreamRecord<>(new CommittableSummary<>(0, 1, checkpointId, 1, 1, 0)));
    output.collect(
        new StreamRecord<>(new CommittableWithLineage<>(StagedLoad.of(held), checkpointId, 0)));
    waiting.letGo(checkpointId);
    held.clear();
    lastLoadMillis = now();
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
