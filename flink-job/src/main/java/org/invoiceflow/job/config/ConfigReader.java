package org.invoiceflow.job.config;

import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.invoiceflow.job.config.JobConfig.Mode;
import org.invoiceflow.job.sources.KinesisSettings;
import org.invoiceflow.job.views.ViewTables;
import org.invoiceflow.job.warehouse.WarehouseSettings;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.jspecify.annotations.Nullable;

/** Turns property groups into a {@link JobConfig}; the only place that knows the options' names. */
final class ConfigReader {

  static final String JOB = "job";
  static final String SOURCE = "source";
  static final String VIEWS = "views";
  static final String LAKE = "lake";
  static final String WAREHOUSE = "warehouse";

  private static final Duration FLUSH_DELAY = Duration.ofSeconds(1);
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
    Mode mode = options.oneOf(JOB, "mode", Mode.values(), Optional.empty());
    RuntimeExecutionMode[] runtimeModes = {
      RuntimeExecutionMode.BATCH, RuntimeExecutionMode.STREAMING
    };
    RuntimeExecutionMode boundedMode =
        options.oneOf(
            JOB, "bounded.runtime.mode", runtimeModes, Optional.of(RuntimeExecutionMode.BATCH));
    String lakeRoot = withoutSlash(options.required(LAKE, "root", "s3://my-bucket"));
    JobConfig config =
        new JobConfig(
            mode,
            mode == Mode.STREAM ? RuntimeExecutionMode.STREAMING : boundedMode,
            (int) options.number(JOB, "max.parallelism", MAX_PARALLELISM, 1, 32_768),
            stream(mode),
            inputPath(mode),
            csvOptions(),
            viewTables(),
            options.millis(VIEWS, "flush.delay.ms", FLUSH_DELAY, MAX_DELAY),
            Duration.ofHours(
                options.number(VIEWS, "retention.hours", RETENTION_HOURS, 1, 24 * 366)),
            lakeRoot,
            warehouse(lakeRoot));
    List<String> errors = options.errors();
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
    return config;
  }

  private AwsAccess access(String group) {
    String region = options.required(group, "region", "eu-central-1");
    Optional<URI> endpoint = options.uri(group, "endpoint");
    Optional<String> key = options.text(group, "access.key.id");
    Optional<String> secret = options.text(group, "secret.access.key");
    if (key.isPresent() != secret.isPresent()) {
      options.error(
          group, "access.key.id", "and secret.access.key belong together; give both or none");
    }
    return new AwsAccess(
        region, endpoint.map(URI::toString).orElse(null), key.orElse(null), secret.orElse(null));
  }

  private @Nullable KinesisSettings stream(Mode mode) {
    Optional<String> ignored = options.text(SOURCE, "stream");
    Optional<java.time.Instant> startAt = options.instant(SOURCE, "start.at");
    Duration poll =
        options.millis(SOURCE, "poll.interval.ms", Duration.ofMillis(200), Duration.ofMinutes(4));
    Duration discovery =
        options.millis(SOURCE, "shard.discovery.ms", Duration.ofSeconds(10), Duration.ofHours(1));
    if (mode != Mode.STREAM) {
      if (ignored.isPresent()) {
        options.error(SOURCE, "stream", "belongs to job mode stream; remove it or change the mode");
      }
      return null;
    }
    String stream = options.required(SOURCE, "stream", "invoice-lines");
    AwsAccess access = access(SOURCE);
    KinesisSettings.Builder settings =
        KinesisSettings.of(stream, access.region())
            .pollInterval(poll)
            .shardDiscoveryInterval(discovery);
    access.endpoint().ifPresent(settings::endpoint);
    access.ifFixedKey(settings::credentials);
    startAt.ifPresent(settings::startAt);
    return settings.build();
  }

  private String inputPath(Mode mode) {
    if (mode == Mode.STREAM) {
      return "";
    }
    // A deployment may carry the stream's access settings in both modes.
    options.text(SOURCE, "region");
    options.text(SOURCE, "endpoint");
    options.text(SOURCE, "access.key.id");
    options.text(SOURCE, "secret.access.key");
    return options.required(
        SOURCE, "path", mode == Mode.IMPORT ? "s3://my-bucket/import/" : "s3://my-bucket/raw/");
  }

  private CsvOptions csvOptions() {
    CsvOptions csv = CsvOptions.detectAll();
    Optional<String> encoding = options.text(SOURCE, "encoding");
    if (encoding.isPresent()) {
      try {
        csv = csv.withCharset(Charset.forName(encoding.get()));
      } catch (IllegalArgumentException e) {
        options.error(
            SOURCE,
            "encoding",
            "is '" + encoding.get() + "'; it is a charset such as UTF-8 or windows-1252");
      }
    }
    Optional<String> separator = options.text(SOURCE, "separator");
    if (separator.isPresent()) {
      if (separator.get().length() == 1) {
        csv = csv.withSeparator(separator.get().charAt(0));
      } else {
        options.error(SOURCE, "separator", "is '" + separator.get() + "'; it is one character");
      }
    }
    if (options.text(SOURCE, "date.format").isPresent()) {
      csv =
          csv.withDateFormat(
              options.oneOf(SOURCE, "date.format", DateFormat.values(), Optional.empty()));
    }
    return csv;
  }

  private ViewTables viewTables() {
    return new ViewTables(
        access(VIEWS),
        options.required(VIEWS, "invoices.table", "invoices"),
        options.required(VIEWS, "customers.table", "customers"));
  }

  private @Nullable WarehouseSettings warehouse(String lakeRoot) {
    boolean enabled = options.flag(WAREHOUSE, "enabled", true);
    String staging = withoutSlash(options.text(WAREHOUSE, "staging").orElse(lakeRoot + "/staging"));
    long interval =
        options.number(
            WAREHOUSE,
            "load.interval.ms",
            WarehouseSettings.DEFAULT_LOAD_INTERVAL.toMillis(),
            0,
            86_400_000);
    Optional<String> iamRole = options.text(WAREHOUSE, "iam.role");
    Optional<String> password = options.text(WAREHOUSE, "password");
    Optional<String> secretArn = options.text(WAREHOUSE, "secret.arn");
    Optional<String> optionalUrl = options.text(WAREHOUSE, "url");
    Optional<String> optionalUser = options.text(WAREHOUSE, "user");
    if (!enabled) {
      return null;
    }
    if (password.isPresent() == secretArn.isPresent()) {
      options.error(WAREHOUSE, "secret.arn", "or password must be given, and not both");
      return null;
    }
    if (optionalUrl.isEmpty() || optionalUser.isEmpty()) {
      options.required(WAREHOUSE, "url", "jdbc:redshift://host:5439/db");
      options.required(WAREHOUSE, "user", "loader");
      return null;
    }
    WarehousePassword source =
        secretArn
            .map(WarehousePassword::inSecret)
            .orElseGet(() -> WarehousePassword.fixed(password.orElse("")));
    WarehouseSettings settings =
        WarehouseSettings.of(optionalUrl.get(), optionalUser.get(), source, staging)
            .withLoadInterval(Duration.ofMillis(interval));
    return iamRole.map(settings::withIamRole).orElse(settings);
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
