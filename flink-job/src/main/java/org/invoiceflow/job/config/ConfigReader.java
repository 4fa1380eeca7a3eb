package org.invoiceflow.job.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.invoiceflow.job.config.JobConfig.Mode;
import org.invoiceflow.job.sources.KinesisSettings;
import org.invoiceflow.job.views.ViewTables;
import org.invoiceflow.model.CsvOptions;
import org.jspecify.annotations.Nullable;

/** Turns property groups into a {@link JobConfig}. */
final class ConfigReader {

  private static final String JOB = "job";
  private static final String VIEWS = "views";
  private static final String LAKE = "lake";

  private static final Duration FLUSH_DELAY = Duration.ofSeconds(1);
  private static final String RUN_ID = "run.id";

  /** It becomes the name of a file. */
  private static final Pattern RUN_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private static final long RETENTION_HOURS = 24;
  private static final Duration MAX_DELAY = Duration.ofHours(1);

  /**
   * Fixed, since a savepoint cannot be restored with another one; 128 times the smallest
   * parallelism is room to grow.
   */
  private static final int MAX_PARALLELISM = 128;

  private final Options options;

  ConfigReader(Options options) {
    this.options = options;
  }

  JobConfig read() {
    Optional<Mode> knownMode = options.oneOf(JOB, "mode", Mode.values());
    Mode mode = knownMode.orElse(Mode.IMPORT);
    KinesisSettings stream = null;
    String inputPath = "";
    CsvOptions csvOptions = CsvOptions.detectAll();
    if (knownMode.isPresent()) {
      SourceOptions source = new SourceOptions(options, mode);
      stream = source.stream();
      inputPath = source.path();
      csvOptions = source.csv();
    } else {
      // Which options belong here depends on the mode; guessing would mislead.
      options.passOver(SourceOptions.GROUP);
    }
    String lakeRoot = Options.withoutSlash(options.required(LAKE, "root", "s3://my-bucket"));
    RuntimeExecutionMode runtimeMode = runtimeMode(mode);
    JobConfig config =
        new JobConfig(
            mode,
            runtimeMode,
            (int) options.number(JOB, "max.parallelism", MAX_PARALLELISM, 1, 32_768),
            runId(mode, runtimeMode),
            stream,
            inputPath,
            csvOptions,
            viewTables(),
            options.millis(VIEWS, "flush.delay.ms", FLUSH_DELAY, 0, MAX_DELAY),
            Duration.ofHours(
                options.number(VIEWS, "retention.hours", RETENTION_HOURS, 1, 24 * 366)),
            lakeRoot,
            new WarehouseOptions(options).read(lakeRoot));
    List<String> errors = options.errors();
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
    return config;
  }

  private RuntimeExecutionMode runtimeMode(Mode mode) {
    RuntimeExecutionMode[] values = {RuntimeExecutionMode.BATCH, RuntimeExecutionMode.STREAMING};
    RuntimeExecutionMode bounded =
        options.oneOf(JOB, "bounded.runtime.mode", values, RuntimeExecutionMode.BATCH);
    return mode == Mode.STREAM ? RuntimeExecutionMode.STREAMING : bounded;
  }

  /**
   * Of BATCH runs alone: a job that is stopped with a savepoint ends in the same state as one that
   * is done, and would be recorded as done.
   */
  private @Nullable String runId(Mode mode, RuntimeExecutionMode runtimeMode) {
    Optional<String> id = options.text(JOB, RUN_ID);
    if (id.isPresent() && mode == Mode.STREAM) {
      options.error(
          JOB, RUN_ID, "belongs to job modes import and replay; remove it or change the mode");
    } else if (id.isPresent() && runtimeMode == RuntimeExecutionMode.STREAMING) {
      options.error(
          JOB,
          RUN_ID,
          "does not go with bounded.runtime.mode streaming, in which a run that is stopped half-way"
              + " would be recorded as done; remove one of them");
    } else if (id.isPresent() && !RUN_ID_FORM.matcher(id.get()).matches()) {
      options.error(
          JOB,
          RUN_ID,
          "is '" + id.get() + "'; it is 1 to 128 letters, digits, dots, hyphens and underscores");
    }
    return id.orElse(null);
  }

  private ViewTables viewTables() {
    return new ViewTables(
        AccessOptions.read(options, VIEWS),
        options.required(VIEWS, "invoices.table", "invoices"),
        options.required(VIEWS, "customers.table", "customers"));
  }
}
