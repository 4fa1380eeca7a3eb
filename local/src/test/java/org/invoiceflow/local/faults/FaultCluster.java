package org.invoiceflow.local.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;

/** A MiniCluster in which several jobs are broken at once; each has settings of its own. */
final class FaultCluster implements AutoCloseable {

  /** Jobs at once; a restart is mostly waiting. */
  static final int JOBS = 6;

  private static final int SLOTS_PER_JOB = 2;

  /** Checkpoints are asked for one by one; this only switches them on. */
  private static final Duration NEVER = Duration.ofHours(1);

  private final MiniCluster cluster;
  private final Path folder;

  private FaultCluster(MiniCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  /**
   * @param s3 where the buckets of all jobs are
   * @param folder for checkpoints and Flink's own files
   */
  static FaultCluster start(S3Endpoint s3, Path folder) throws Exception {
    // For its side effect: S3 as a plugin of this JVM.
    LocalFlink.prepare(s3, Installation.find().flinkPlugins(), folder, Ports.free()).close();
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, folder.resolve("flink-tmp").toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    // The S3 client's threads outlive the job that made them, and here another job uses them.
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    LocalFlink.bearShortageOfProcessors(configuration);
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(WebOptions.MAX_EXCEPTION_HISTORY_SIZE, 1000);
    configuration.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(100));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(JOBS * SLOTS_PER_JOB)
                .build());
    cluster.start();
    return new FaultCluster(cluster, folder);
  }

  /**
   * An environment for one job.
   *
   * @param backend {@code hashmap} or {@code rocksdb}
   * @param restarts whether Flink restarts the job when it fails, without end
   */
  StreamExecutionEnvironment environment(String backend, int parallelism, boolean restarts)
      throws java.io.IOException {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        Files.createTempDirectory(folder, "checkpoints-").toUri().toString());
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY, restarts ? "fixed-delay" : "disable");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  JobID submit(StreamGraph graph) throws Exception {
    return cluster.submitJob(graph.getJobGraph()).get().getJobID();
  }

  JobStatus status(JobID job) throws Exception {
    return await(cluster.getJobStatus(job));
  }

  /** Why the job has failed last. */
  Optional<String> lastFailure(JobID job) throws Exception {
    return Optional.ofNullable(await(cluster.getExecutionGraph(job)).getFailureInfo())
        .map(info -> info.getExceptionAsString());
  }

  /** Why the job has failed so far. */
  List<JobDashboard.Failure> failures(JobID job) throws Exception {
    return new JobDashboard(await(cluster.getRestAddress()), job).failures();
  }

  /** Takes a checkpoint, if the job is in a state to take one. */
  void checkpoint(JobID job) throws InterruptedException {
    try {
      cluster
          .triggerCheckpoint(job, CheckpointType.CONFIGURED)
          .get(FaultSettings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The job is down, or was struck; the next will do.
    }
  }

  /** Cancels the job and returns when it is over. */
  void cancel(JobID job) throws Exception {
    await(cluster.cancelJob(job));
    awaitEnd(job);
  }

  /** How the job ends, once it has. */
  CompletableFuture<ApplicationStatus> end(JobID job) {
    return cluster.requestJobResult(job).thenApply(JobResult::getApplicationStatus);
  }

  /** Returns when the job is over, however it ends. */
  ApplicationStatus awaitEnd(JobID job) throws Exception {
    return await(end(job));
  }

  private static <T> T await(CompletableFuture<T> answer) throws Exception {
    return answer.get(FaultSettings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
