package org.invoiceflow.job.config;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.job.aws.AwsAccess;
import org.invoiceflow.job.config.JobConfig.Mode;
import org.invoiceflow.job.sources.KinesisSettings;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.jspecify.annotations.Nullable;

/** The options of the group {@value #GROUP}, of which each mode has its own. */
final class SourceOptions {

  static final String GROUP = "source";

  private static final String STREAM = "stream";
  private static final String PATH = "path";

  /** Cannot be written as itself, because white space around a value is passed over. */
  private static final String TAB = "tab";

  private final Options options;
  private final Mode mode;

  SourceOptions(Options options, Mode mode) {
    this.options = options;
    this.mode = mode;
  }

  /** The stream of mode STREAM. */
  @Nullable KinesisSettings stream() {
    AwsAccess access = mode == Mode.STREAM ? AccessOptions.read(options, GROUP) : null;
    Optional<Instant> startAt = options.instant(GROUP, "start.at");
    Duration poll =
        options.millis(GROUP, "poll.interval.ms", Duration.ofMillis(200), 0, Duration.ofMinutes(4));
    Duration discovery =
        options.millis(GROUP, "shard.discovery.ms", Duration.ofSeconds(10), 1, Duration.ofHours(1));
    if (access == null) {
      // A deployment may carry the stream's other settings in every mode.
      AccessOptions.passOver(options, GROUP);
      if (options.text(GROUP, STREAM).isPresent()) {
        options.error(GROUP, STREAM, "belongs to job mode stream; remove it or change the mode");
      }
      return null;
    }
    KinesisSettings.Builder settings =
        KinesisSettings.of(options.required(GROUP, STREAM, "invoice-lines"), access)
            .pollInterval(poll)
            .shardDiscoveryInterval(discovery);
    startAt.ifPresent(settings::startAt);
    return settings.build();
  }

  /** The files of the other modes; "" in mode STREAM. */
  String path() {
    if (mode != Mode.STREAM) {
      return options.required(
          GROUP, PATH, mode == Mode.IMPORT ? "s3://my-bucket/import/" : "s3://my-bucket/raw/");
    }
    if (options.text(GROUP, PATH).isPresent()) {
      options.error(
          GROUP, PATH, "belongs to job modes import and replay; remove it or change the mode");
    }
    return "";
  }

  /** What is said about CSV files; without effect where none are read. */
  CsvOptions csv() {
    CsvOptions csv = CsvOptions.detectAll();
    Optional<String> encoding = options.text(GROUP, "encoding");
    if (encoding.isPresent()) {
      csv = withEncoding(csv, encoding.get());
    }
    Optional<String> separator = options.text(GROUP, "separator");
    if (separator.isPresent()) {
      csv = withSeparator(csv, separator.get());
    }
    Optional<String> dateFormat = options.text(GROUP, "date.format");
    if (dateFormat.isPresent()) {
      csv = withDateFormat(csv, dateFormat.get());
    }
    return csv;
  }

  private CsvOptions withEncoding(CsvOptions csv, String encoding) {
    Charset charset;
    try {
      charset = Charset.forName(encoding);
    } catch (IllegalArgumentException e) {
      options.error(
          GROUP,
          "encoding",
          "is '" + encoding + "'; it is a charset such as UTF-8 or windows-1252");
      return csv;
    }
    try {
      return csv.withCharset(charset);
    } catch (IllegalArgumentException e) {
      options.error(GROUP, "encoding", "cannot be used: " + e.getMessage());
      return csv;
    }
  }

  private CsvOptions withSeparator(CsvOptions csv, String separator) {
    if (separator.length() != 1 && !separator.equals(TAB)) {
      options.error(
          GROUP, "separator", "is '" + separator + "'; it is one character, or the word tab");
      return csv;
    }
    try {
      return csv.withSeparator(separator.equals(TAB) ? '\t' : separator.charAt(0));
    } catch (IllegalArgumentException e) {
      options.error(GROUP, "separator", "cannot be used: " + e.getMessage());
      return csv;
    }
  }

  private CsvOptions withDateFormat(CsvOptions csv, String name) {
    Optional<DateFormat> format = DateFormat.ofOption(name);
    if (format.isEmpty()) {
      options.error(GROUP, "date.format", "is '" + name + "'; it is one of " + dateFormats());
      return csv;
    }
    return csv.withDateFormat(format.get());
  }

  private static List<String> dateFormats() {
    List<String> names = new ArrayList<>();
    for (DateFormat format : DateFormat.values()) {
      names.add(format.optionName());
    }
    return names;
  }
}
