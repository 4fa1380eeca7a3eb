package org.invoiceflow.job.warehouse;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.model.InvoiceLine;

/**
 * Loads each line into the warehouse once, however often it is sent, restarted or replayed, and
 * whatever else loads at the same time.
 *
 * <p>Writers stage files; one operator gathers them and lets a load go per {@link
 * WarehouseSettings#loadInterval()} and at the end of a bounded input; a committer runs the load as
 * one transaction under a lock, with a ledger of what was loaded. A line of which the warehouse has
 * another content is counted and left out: stored lines never change. The tables must exist: see
 * {@link WarehouseSchema}.
 */
public final class WarehouseSink
    implements Sink<InvoiceLine>,
        SupportsCommitter<StagedLoad>,
        SupportsPreCommitTopology<StagedFile, StagedLoad> {

  private static final long serialVersionUID = 1L;

  /** Name of the operator that this sink adds between Flink's writer and committer. */
  public static final String AGGREGATOR_NAME = "warehouse load";

  /** Flink puts the sink's own uid in front of it. */
  public static final String AGGREGATOR_UID = "warehouse-load";

  private final WarehouseSettings settings;
  private final WarehouseConnections connections;
  private final List<Duration> pauses;

  /**
   * @param pauses between a load's attempts
   */
  WarehouseSink(
      WarehouseSettings settings, WarehouseConnections connections, List<Duration> pauses) {
    this.settings = settings;
    this.connections = connections;
    this.pauses = List.copyOf(pauses);
  }

  public static WarehouseSink of(WarehouseSettings settings) {
    return new WarehouseSink(settings, WarehouseConnections.of(settings), LoadCommitter.PAUSES);
  }

  @Override
  public SinkWriter<InvoiceLine> createWriter(WriterInitContext context) {
    return new StagingWriter(
        settings.stagingPath(),
        context.getTaskInfo().getIndexOfThisSubtask(),
        JobMetrics.group(context.metricGroup()));
  }

  /** Flink 1.20 calls the other one; this is for callers of the older interface. */
  @Override
  @SuppressWarnings("deprecation")
  public SinkWriter<InvoiceLine> createWriter(InitContext context) {
    return new StagingWriter(
        settings.stagingPath(),
        context.getTaskInfo().getIndexOfThisSubtask(),
        JobMetrics.group(context.metricGroup()));
  }

  @Override
  public DataStream<CommittableMessage<StagedLoad>> addPreCommitTopology(
      DataStream<CommittableMessage<StagedFile>> staged) {
    return staged
        .global()
        .transform(
            AGGREGATOR_NAME,
            CommittableMessageTypeInfo.of(this::getCommittableSerializer),
            new LoadAggregator(settings.loadInterval().toMillis()))
        .uid(AGGREGATOR_UID)
        .setParallelism(1)
        .setMaxParallelism(1)
        // A load and the summary before it must reach the same committer.
        .global();
  }

  @Override
  public Committer<StagedLoad> createCommitter(CommitterInitContext context) {
    BulkLoad bulkLoad = BulkLoad.forUrl(settings.url());
    return new LoadCommitter(
        new LoadTransaction(settings, connections, bulkLoad),
        JobMetrics.group(context.metricGroup()),
        pauses);
  }

  @Override
  public SimpleVersionedSerializer<StagedLoad> getCommittableSerializer() {
    return new VersionedForm<>(new StagedLoadCodec());
  }

  @Override
  public SimpleVersionedSerializer<StagedFile> getWriteResultSerializer() {
    return new VersionedForm<>(new StagedFileCodec());
  }
}
