package org.invoiceflow.job.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.invoiceflow.job.sources.KinesisSettings;
import org.invoiceflow.job.views.ViewTables;
import org.invoiceflow.job.warehouse.WarehouseSettings;
import org.invoiceflow.model.CsvOptions;
import org.jspecify.annotations.Nullable;

/**
 * All that a run is told. Immutable; {@link #toString} masks secrets. The files {@code
 * example-stream.json}, {@code example-import.json} and {@code example-replay.json} among the job's
 * resources show every option.
 */
public final class JobConfig {

  /** Where the records come from. */
  public enum Mode {
    /** From Kinesis, without end. */
    STREAM,
    /** From files on S3; the run ends by itself. */
    IMPORT,
    /**
     * From {@code raw/}; the run ends by itself and writes neither {@code raw/} nor {@code
     * rejected/}.
     */
    REPLAY
  }

  private final Mode mode;
  private final RuntimeExecutionMode runtimeMode;
  private final int maxParallelism;
  private final @Nullable String runId;
  private final @Nullable KinesisSettings stream;
  private final String inputPath;
  private final CsvOptions csvOptions;
  private final ViewTables viewTables;
  private final Duration flushDelay;
  private final Duration retention;
  private final String lakeRoot;
  private final @Nullable WarehouseSettings warehouse;

  JobConfig(
      Mode mode,
      RuntimeExecutionMode runtimeMode,
      int maxParallelism,
      @Nullable String runId,
      @Nullable KinesisSettings stream,
      String inputPath,
      CsvOptions csvOptions,
      ViewTables viewTables,
      Duration flushDelay,
      Duration retention,
      String lakeRoot,
      @Nullable WarehouseSettings warehouse) {
    this.mode = mode;
    this.runtimeMode = runtimeMode;
    this.maxParallelism = maxParallelism;
    this.runId = runId;
    this.stream = stream;
    this.inputPath = inputPath;
    this.csvOptions = csvOptions;
    this.viewTables = viewTables;
    this.flushDelay = flushDelay;
    this.retention = retention;
    this.lakeRoot = lakeRoot;
    this.warehouse = warehouse;
  }

  /**
   * Reads and checks the property groups.
   *
   * @throws ConfigException with every error in it
   */
  public static JobConfig of(Map<String, Properties> groups) {
    return new ConfigReader(new Options(groups)).read();
  }

  public Mode mode() {
    return mode;
  }

  /** The mode as people write it. */
  public String modeName() {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /** STREAMING for a stream; BATCH, unless told otherwise, for bounded runs. */
  public RuntimeExecutionMode runtimeMode() {
    return runtimeMode;
  }

  public int maxParallelism() {
    return maxParallelism;
  }

  /**
   * Name of this bounded run, under which its completion is recorded; absent in mode STREAM, and if
   * nobody asks for a record.
   */
  public Optional<String> runId() {
    return Optional.ofNullable(runId);
  }

  /** The stream to read; present in mode STREAM. */
  public Optional<KinesisSettings> stream() {
    return Optional.ofNullable(stream);
  }

  /** Prefix or glob of the files to import, or the folder to replay; "" in mode STREAM. */
  public String inputPath() {
    return inputPath;
  }

  /** What the user said about CSV files; the rest is detected. */
  public CsvOptions csvOptions() {
    return csvOptions;
  }

  public ViewTables viewTables() {
    return viewTables;
  }

  /** How long changes of one invoice are gathered before they are written. */
  public Duration flushDelay() {
    return flushDelay;
  }

  /** How long keyed state remembers a line. */
  public Duration retention() {
    return retention;
  }

  /** Folder that holds {@code raw/} and {@code rejected/}, without a slash at its end. */
  public String lakeRoot() {
    return lakeRoot;
  }

  /** The warehouse to load; absent if this deployment has none. */
  public Optional<WarehouseSettings> warehouse() {
    return Optional.ofNullable(warehouse);
  }

  @Override
  public String toString() {
    return "mode="
        + mode
        + ", runtime.mode="
        + runtimeMode
        + ", max.parallelism="
        + maxParallelism
        + (runId == null ? "" : ", run.id=" + runId)
        + ", source=["
        + (stream == null ? inputPath : stream)
        + "], views=["
        + viewTables
        + ", flush.delay="
        + flushDelay
        + ", retention="
        + retention
        + "], lake=["
        + lakeRoot
        + "], warehouse=["
        + (warehouse == null ? "none" : warehouse)
        + "]";
  }
}
