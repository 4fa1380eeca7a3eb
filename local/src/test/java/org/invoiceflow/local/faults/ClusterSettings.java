package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;

/**
 * What a run chooses of the cluster's settings. Checkpoints are always kept when the job ends.
 *
 * @param checkpoints interval
 * @param backend of the keyed state
 * @param restarts how many failures the job survives within one process
 */
record ClusterSettings(Duration checkpoints, Backend backend, int parallelism, int restarts) {

  enum Backend {
    HEAP("hashmap"),
    ROCKSDB("rocksdb");

    private final String option;

    Backend(String option) {
      this.option = option;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A process is killed long before its job would have to give up by itself. */
  private static final int FEW_RESTARTS = 3;

  private static final Duration RESTART_DELAY = Duration.ofMillis(100);

  /** Checkpoints every 500 ms, two subtasks, RocksDB: what most runs take. */
  static ClusterSettings usual() {
    return new ClusterSettings(Duration.ofMillis(500), Backend.ROCKSDB, 2, FEW_RESTARTS);
  }

  /** Takes no checkpoint as long as any test lasts. */
  ClusterSettings withoutCheckpoints() {
    return new ClusterSettings(Duration.ofHours(1), backend, parallelism, restarts);
  }

  ClusterSettings on(Backend other) {
    return new ClusterSettings(checkpoints, other, parallelism, restarts);
  }

  ClusterSettings withParallelism(int other) {
    return new ClusterSettings(checkpoints, backend, other, restarts);
  }

  /** The job survives as many failures as there are. */
  ClusterSettings withEndlessRestarts() {
    return new ClusterSettings(checkpoints, backend, parallelism, Integer.MAX_VALUE);
  }

  void applyTo(Configuration configuration) {
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(StateBackendOptions.STATE_BACKEND, backend.option);
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, backend == Backend.ROCKSDB);
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY);
  }

  Properties asProperties() {
    Properties properties = new Properties();
    properties.setProperty("checkpoints", checkpoints.toString());
    properties.setProperty("backend", backend.name());
    properties.setProperty("parallelism", Integer.toString(parallelism));
    properties.setProperty("restarts", Integer.toString(restarts));
    return properties;
  }

  static ClusterSettings of(Properties properties) {
    return new ClusterSettings(
        Duration.parse(properties.getProperty("checkpoints")),
        Backend.valueOf(properties.getProperty("backend")),
        Integer.parseInt(properties.getProperty("parallelism")),
        Integer.parseInt(properties.getProperty("restarts")));
  }
}
