package org.invoiceflow.local.bench.warehouse;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.serialization.InvoiceLineCodec;
import org.invoiceflow.job.warehouse.WarehouseSettings;
import org.invoiceflow.job.warehouse.WarehouseSink;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.model.InvoiceLine;

/** The job's own sink, as an import runs it: BATCH, parallelism 2, one load at the end. */
final class StagedLoads {

  private static final int PARALLELISM = 2;

  /** The source runs in this JVM, and Flink would copy the lines into it. */
  private static volatile List<InvoiceLine> input = List.of();

  private static final AtomicLong FIRST_LINE = new AtomicLong();

  private StagedLoads() {}

  /**
   * Loads the lines.
   *
   * @return seconds from the first line that the source hands out to the end of the job: without
   *     the start of Flink
   */
  static double load(WarehouseEndpoint database, String staging, List<InvoiceLine> lines)
      throws Exception {
    input = lines;
    FIRST_LINE.set(Long.MAX_VALUE);
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 2 * PARALLELISM);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    env.getConfig().enableObjectReuse();
    GeneratorFunction<Long, InvoiceLine> byIndex = StagedLoads::line;
    String password = database.password();
    env.fromSource(
            new DataGeneratorSource<>(
                byIndex, lines.size(), CodecTypeInfo.using(InvoiceLineCodec.class)),
            WatermarkStrategy.noWatermarks(),
            "lines")
        .sinkTo(
            WarehouseSink.of(
                WarehouseSettings.of(database.jdbcUrl(), database.user(), () -> password, staging)))
        .name("warehouse")
        .uid("warehouse");
    JobClient job = env.executeAsync("bench");
    job.getJobExecutionResult().get();
    return (System.nanoTime() - FIRST_LINE.get()) / 1e9;
  }

  private static InvoiceLine line(long index) {
    if (FIRST_LINE.get() == Long.MAX_VALUE) {
      FIRST_LINE.accumulateAndGet(System.nanoTime(), Math::min);
    }
    return input.get((int) index);
  }
}
