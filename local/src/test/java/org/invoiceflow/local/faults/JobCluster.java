package org.invoiceflow.local.faults;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.InvoiceflowJob;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobCounters;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;

/**
 * A cluster of one task manager, with the settings of {@link LocalFlink} and such as a run chooses,
 * that can lose its task manager, stop with a savepoint and start from one.
 */
final class JobCluster implements AutoCloseable {

  private static final int SLOTS = 4;

  private final LocalFlink flink;
  private final Configuration configuration;
  private final MiniCluster cluster;
  private int taskManagers = 1;
  private CompletableFuture<Void> ending = CompletableFuture.completedFuture(null);

  private JobCluster(LocalFlink flink, Configuration configuration, MiniCluster cluster) {
    this.flink = flink;
    this.configuration = configuration;
    this.cluster = cluster;
  }

  /**
   * Starts the cluster; no job runs yet.
   *
   * @param folder checkpoints go to {@code checkpoints} below it
   */
  static JobCluster start(Endpoints stores, Path folder, ClusterSettings settings)
      throws Exception {
    LocalFlink flink =
        LocalFlink.prepare(stores.s3(), Installation.find().flinkPlugins(), folder, Ports.free());
    Configuration configuration = flink.configuration();
    settings.applyTo(configuration);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    cluster.start();
    return new JobCluster(flink, configuration, cluster);
  }

  /**
   * Starts the real job.
   *
   * @param groups its runtime properties
   * @param from path of the checkpoint or savepoint to start from
   */
  JobID submit(Map<String, Properties> groups, Optional<String> from) throws Exception {
    StreamExecutionEnvironment env = environment();
    JobConfig config = JobConfig.of(groups);
    InvoiceflowJob.build(env, config);
    return submit(env, from);
  }

  /** An environment with this cluster's settings, to be filled with a graph. */
  StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  /** Starts whatever graph the environment was given. */
  JobID submit(StreamExecutionEnvironment env, Optional<String> from) throws Exception {
    JobGraph graph = env.getStreamGraph().getJobGraph();
    from.ifPresent(
        path -> graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(path, false)));
    return cluster.submitJob(graph).get().getJobID();
  }

  /** Ends when the job has ended, in whatever way. */
  CompletableFuture<JobResult> result(JobID job) throws Exception {
    return cluster.requestJobResult(job);
  }

  JobStatus status(JobID job) throws Exception {
    return cluster.getJobStatus(job).get();
  }

  /** Stops the job and returns the savepoint's path. */
  String stopWithSavepoint(JobID job, Path folder) throws Exception {
    return cluster
        .stopWithSavepoint(job, folder.toUri().toString(), false, SavepointFormatType.CANONICAL)
        .get();
  }

  /**
   * Takes the task manager away, with all of the job's tasks. Another one is there already, since a
   * job that finds none restarts again and again until it does. Returns before the old one's tasks
   * have ended: for a moment they are zombies.
   */
  void loseTaskManager() throws Exception {
    ending.get();
    cluster.startTaskManager();
    ending = cluster.terminateTaskManager(taskManagers - 1);
    taskManagers++;
  }

  /** State of the last completed checkpoint in bytes, incremental ones counted in full. */
  long stateBytes(JobID job) throws Exception {
    CheckpointStatsSnapshot stats =
        cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
    CompletedCheckpointStats last =
        stats == null ? null : stats.getHistory().getLatestCompletedCheckpoint();
    return last == null ? 0 : last.getStateSize();
  }

  JobCounters counters() {
    return flink.counters();
  }

  @Override
  public void close() throws Exception {
    cluster.close();
    flink.close();
  }
}
