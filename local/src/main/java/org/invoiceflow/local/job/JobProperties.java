package org.invoiceflow.local.job;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.model.CsvOptions;

/**
 * The runtime properties that tell the job to work with the given endpoints: the same groups that
 * Managed Flink would hand it.
 */
public final class JobProperties {

  /** Often enough to watch lines arrive; a local warehouse need not sleep. */
  private static final Duration LOAD_INTERVAL = Duration.ofSeconds(1);

  /**
   * An emulator of Kinesis spends more time on empty reads than on records, so it is asked less
   * often than AWS.
   */
  private static final Duration EMULATOR_POLL_INTERVAL = Duration.ofSeconds(2);

  private JobProperties() {}

  /** Reads the stream. */
  public static Map<String, Properties> stream(Endpoints endpoints) {
    Map<String, Properties> groups = stores("stream", endpoints);
    Properties source = group(groups, "source");
    source.setProperty("stream", endpoints.kinesis().stream());
    access(source, endpoints.kinesis().access());
    if (endpoints.kinesis().access().endpoint().isPresent()) {
      source.setProperty("poll.interval.ms", Long.toString(EMULATOR_POLL_INTERVAL.toMillis()));
    }
    return groups;
  }

  /**
   * Reads files.
   *
   * @param path prefix or glob below the bucket
   * @param csv how CSV files are written, as far as it is known
   */
  public static Map<String, Properties> importing(
      Endpoints endpoints, String path, CsvOptions csv) {
    Map<String, Properties> groups = stores("import", endpoints);
    Properties source = group(groups, "source");
    source.setProperty("path", bucket(endpoints) + "/" + path);
    csv.charset().ifPresent(value -> source.setProperty("encoding", value.name()));
    csv.dateFormat().ifPresent(value -> source.setProperty("date.format", value.optionName()));
    csv.separator()
        .ifPresent(
            value -> source.setProperty("separator", value == '\t' ? "tab" : value.toString()));
    return groups;
  }

  /**
   * Reads {@code raw/}. Without a warehouse among the endpoints none is loaded.
   *
   * @param path a folder, a file or a glob, such as {@code s3://bucket/raw/}
   * @param lakeRoot below which lines for the warehouse are staged
   */
  public static Map<String, Properties> replaying(
      Endpoints endpoints, String path, String lakeRoot) {
    Map<String, Properties> groups = stores("replay", endpoints);
    group(groups, "source").setProperty("path", path);
    group(groups, "lake").setProperty("root", lakeRoot);
    return groups;
  }

  private static Map<String, Properties> stores(String mode, Endpoints endpoints) {
    Map<String, Properties> groups = new LinkedHashMap<>();
    group(groups, "job").setProperty("mode", mode);
    Properties views = group(groups, "views");
    access(views, endpoints.dynamoDb().access());
    views.setProperty("invoices.table", endpoints.dynamoDb().invoicesTable());
    views.setProperty("customers.table", endpoints.dynamoDb().customersTable());
    group(groups, "lake").setProperty("root", bucket(endpoints));
    Properties warehouse = group(groups, "warehouse");
    if (endpoints.ifWarehouse().isEmpty()) {
      warehouse.setProperty("enabled", "false");
      return groups;
    }
    WarehouseEndpoint at = endpoints.warehouse();
    warehouse.setProperty("url", at.jdbcUrl());
    warehouse.setProperty("user", at.user());
    warehouse.setProperty("password", at.password());
    warehouse.setProperty("load.interval.ms", Long.toString(LOAD_INTERVAL.toMillis()));
    return groups;
  }

  private static String bucket(Endpoints endpoints) {
    return "s3://" + endpoints.s3().bucket();
  }

  private static void access(Properties properties, AwsAccess access) {
    properties.setProperty("region", access.region());
    access.endpoint().map(URI::toString).ifPresent(uri -> properties.setProperty("endpoint", uri));
    access
        .keys()
        .ifPresent(
            keys -> {
              properties.setProperty("access.key.id", keys.accessKeyId());
              properties.setProperty("secret.access.key", keys.secretAccessKey());
            });
  }

  private static Properties group(Map<String, Properties> groups, String name) {
    return groups.computeIfAbsent(name, any -> new Properties());
  }
}
