package org.invoiceflow.local.bench.graph;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.Pipeline;
import org.invoiceflow.job.intake.ParseRecords;
import org.invoiceflow.job.intake.ReceivedLineCodec;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.views.InvoicePart;
import org.invoiceflow.job.views.InvoicePartCodec;

/** A way to make both views of the records. */
enum Way {
  GRAPH_HEAP("the job's graph, state on the heap", "hashmap"),
  GRAPH_ROCKSDB("the job's graph, RocksDB", "rocksdb"),
  WHOLE_HEAP("whole items on every line, state on the heap", "hashmap"),
  WHOLE_ROCKSDB("whole items on every line, RocksDB", "rocksdb"),
  PLAIN("a loop over the records, without Flink", "");

  private static final int PARALLELISM = 2;

  /** As the demo. */
  private static final Duration CHECKPOINTS = Duration.ofSeconds(3);

  /** The job's defaults. */
  private static final Duration FLUSH_DELAY = Duration.ofSeconds(1);

  private static final Duration RETENTION = Duration.ofHours(24);

  private final String text;
  private final String backend;

  Way(String text, String backend) {
    this.text = text;
    this.backend = backend;
  }

  String text() {
    return text;
  }

  /**
   * Runs a job until the source ends.
   *
   * @param folder for checkpoints and state
   */
  void run(Source<ReceivedRecord, ?, ?> source, Path folder) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, PARALLELISM);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(384));
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, backend.equals("rocksdb"));
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    configuration.set(CoreOptions.TMP_DIRS, folder.resolve("flink-tmp").toString());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
    DataStream<ReceivedRecord> records =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "records").uid("records");
    if (this == GRAPH_HEAP || this == GRAPH_ROCKSDB) {
      new Pipeline(FLUSH_DELAY, RETENTION).build(records, MemoryViews.stores());
    } else {
      wholeItems(records);
    }
    env.execute(name());
  }

  private static void wholeItems(DataStream<ReceivedRecord> records) {
    SingleOutputStreamOperator<InvoicePart> items =
        records
            .process(new ParseRecords())
            .returns(CodecTypeInfo.using(ReceivedLineCodec.class))
            .keyBy(line -> line.line().invoiceNo())
            .process(new WholeItems())
            .returns(CodecTypeInfo.using(InvoicePartCodec.class));
    items.sinkTo(MemoryViews.invoices());
    items.getSideOutput(WholeItems.CUSTOMER_ROWS).sinkTo(MemoryViews.customers());
  }
}
