package org.invoiceflow.local.job;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.InvoiceflowJob;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.local.endpoints.S3Endpoint;

/**
 * Runs the job in a MiniCluster of this JVM, with the settings that the service makes in
 * production: checkpoints, state backend, restarts, and S3 as a plugin. One job at a time.
 */
public final class LocalFlink implements AutoCloseable {

  /** Both cores of a small machine. */
  private static final int PARALLELISM = 2;

  /** How soon raw files and warehouse lines show; production takes a minute. */
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(3);

  /**
   * Enough for a service that is away for a moment; then the user is told, where production would
   * try on.
   */
  private static final int RESTARTS = 5;

  /**
   * Of a call within Flink, and for a task manager that is not heard of. All of it is one process:
   * what does not answer is short of processor time, or the machine was asleep, but it is not gone.
   * Flink's defaults of 10 s and 50 s would fail a job for nothing.
   */
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(5);

  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofMinutes(10);

  private final String clusterId = UUID.randomUUID().toString();
  private final Configuration configuration;
  private final int webPort;

  private LocalFlink(Configuration configuration, int webPort) {
    this.configuration = configuration;
    this.webPort = webPort;
  }

  /**
   * Prepares Flink; nothing runs yet.
   *
   * @param plugins folder with a folder for each Flink plugin
   * @param folder for checkpoints and Flink's own temporary files
   * @param webPort of the web UI, on loopback
   * @throws IOException if the folder of plugins cannot be read
   */
  public static LocalFlink prepare(S3Endpoint s3, Path plugins, Path folder, int webPort)
      throws IOException {
    Configuration configuration = new Configuration();
    LocalFlink flink = new LocalFlink(configuration, webPort);
    s3.access()
        .endpoint()
        .map(URI::toString)
        .ifPresent(uri -> configuration.setString("s3.endpoint", uri));
    configuration.setString(
        "s3.path.style.access", Boolean.toString(s3.access().endpoint().isPresent()));
    configuration.setString("s3.endpoint.region", s3.access().region());
    s3.access()
        .keys()
        .ifPresent(
            keys -> {
              configuration.setString("s3.access-key", keys.accessKeyId());
              configuration.setString("s3.secret-key", keys.secretAccessKey());
            });
    configuration.set(CoreOptions.TMP_DIRS, folder.resolve("flink-tmp").toString());
    configuration.set(WebOptions.TMP_DIR, folder.resolve("flink-tmp").toString());
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
    // Flink would count one slot for a batch job, whose parallelism it decides late, and run
    // subtasks one after the other.
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 2 * PARALLELISM);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(384));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.PORT, webPort);
    bearShortageOfProcessors(configuration);
    configuration.setString("metrics.reporters", "counting");
    configuration.setString(
        "metrics.reporter.counting.factory.class", CountingReporterFactory.class.getName());
    configuration.setString(
        "metrics.reporter.counting." + CountingReporterFactory.CLUSTER_ID, flink.clusterId);
    useFileSystems(configuration, plugins);
    return flink;
  }

  /** Has a cluster within one process wait for its parts for minutes. */
  public static void bearShortageOfProcessors(Configuration configuration) {
    configuration.set(RpcOptions.ASK_TIMEOUT_DURATION, CALL_TIMEOUT);
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT);
  }

  /** Sets another interval than three seconds, before a job starts. */
  public LocalFlink checkpointEvery(Duration interval) {
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    return this;
  }

  /**
   * Makes the file systems of this JVM anew, S3 as a plugin among them.
   *
   * @param plugins folder with a folder for each Flink plugin
   * @throws IOException if the folder cannot be read
   */
  public static void useFileSystems(Configuration configuration, Path plugins) throws IOException {
    FileSystem.initialize(
        configuration,
        new DefaultPluginManager(
            new DirectoryBasedPluginFinder(plugins).findPlugins(),
            CoreOptions.getPluginParentFirstLoaderPatterns(configuration)));
  }

  /** Changes one of Flink's settings for jobs that are started from now on. */
  public <T> LocalFlink set(ConfigOption<T> option, T value) {
    configuration.set(option, value);
    return this;
  }

  /**
   * Checks access, as {@link #start} does before it starts a job.
   *
   * @throws org.invoiceflow.job.config.ConfigException with one sentence for each thing that is
   *     wrong
   */
  public void check(Map<String, Properties> groups) {
    InvoiceflowJob.checkAccess(JobConfig.of(groups));
  }

  /**
   * Checks access and starts a job with these runtime properties.
   *
   * @throws org.invoiceflow.job.config.ConfigException with one sentence for each thing that is
   *     wrong
   */
  public JobClient start(Map<String, Properties> groups) throws Exception {
    JobConfig config = JobConfig.of(groups);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration);
    env.setParallelism(PARALLELISM);
    InvoiceflowJob.build(env, config);
    return env.executeAsync(InvoiceflowJob.jobName(config));
  }

  /** A copy of the settings, for a cluster that is not of this class's making. */
  public Configuration configuration() {
    return new Configuration(configuration);
  }

  /** Where the web UI is while a job runs. */
  public URI webUi() {
    return URI.create("http://127.0.0.1:" + webPort);
  }

  public JobCounters counters() {
    return JobCounters.ofCluster(clusterId);
  }

  @Override
  public void close() {
    JobCounters.forget(clusterId);
  }
}
