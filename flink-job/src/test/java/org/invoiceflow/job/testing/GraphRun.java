package org.invoiceflow.job.testing;

import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.invoiceflow.job.Pipeline;
import org.invoiceflow.job.Stores;
import org.invoiceflow.job.intake.ReceivedRecord;

/** Runs the whole graph on a cluster in this machine until its source ends. */
public final class GraphRun {

  private static final int PARALLELISM = 2;
  private static final Duration CHECKPOINTS = Duration.ofMillis(100);

  private final RuntimeExecutionMode mode;
  private final Configuration configuration = new Configuration();
  private Duration flushDelay = Duration.ofMillis(5);

  private GraphRun(RuntimeExecutionMode mode) {
    this.mode = mode;
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    if (mode == RuntimeExecutionMode.STREAMING) {
      configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
    }
  }

  /** A cluster with room for one run. */
  public static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(PARALLELISM)
            .build());
  }

  /** A failure of the job is a failure of the run, unless configured otherwise. */
  public static GraphRun in(RuntimeExecutionMode mode) {
    return new GraphRun(mode);
  }

  public GraphRun withFlushDelay(Duration delay) {
    this.flushDelay = delay;
    return this;
  }

  public GraphRun with(Configuration more) {
    configuration.addAll(more);
    return this;
  }

  public void run(Source<ReceivedRecord, ?, ?> records, Stores stores) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setRuntimeMode(mode);
    env.setParallelism(PARALLELISM);
    new Pipeline(flushDelay, Duration.ofHours(24))
        .build(
            env.fromSource(records, WatermarkStrategy.noWatermarks(), "records").uid("records"),
            stores);
    env.execute();
  }
}
