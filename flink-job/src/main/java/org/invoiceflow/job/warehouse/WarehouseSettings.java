package org.invoiceflow.job.warehouse;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the warehouse is, where lines are staged for it, and how often they are loaded. Immutable
 * and serializable: it travels with the sink. {@link #toString()} never shows the password.
 */
public final class WarehouseSettings implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Often enough for reports, seldom enough that Redshift Serverless can sleep in between. */
  public static final Duration DEFAULT_LOAD_INTERVAL = Duration.ofMinutes(10);

  private final String url;
  private final String user;
  private final SerializableSupplier<String> password;
  private final String stagingPath;
  private final Duration loadInterval;
  private final @Nullable String iamRole;

  private WarehouseSettings(
      String url,
      String user,
      SerializableSupplier<String> password,
      String stagingPath,
      Duration loadInterval,
      @Nullable String iamRole) {
    this.url = Objects.requireNonNull(url, "url");
    this.user = Objects.requireNonNull(user, "user");
    this.password = Objects.requireNonNull(password, "password");
    this.stagingPath = Objects.requireNonNull(stagingPath, "stagingPath");
    this.loadInterval = notNegative(loadInterval, "load interval");
    this.iamRole = iamRole;
  }

  /**
   * Settings with the default interval.
   *
   * @param url JDBC URL of the warehouse; its prefix chooses the driver, the dialect and the {@link
   *     BulkLoad}
   * @param password asked before every connection, so that a rotated secret is picked up
   * @param stagingPath a folder on a Flink file system that belongs to staged lines alone; Redshift
   *     must be able to read it, so it lies on S3 in production
   */
  public static WarehouseSettings of(
      String url, String user, SerializableSupplier<String> password, String stagingPath) {
    return new WarehouseSettings(url, user, password, stagingPath, DEFAULT_LOAD_INTERVAL, null);
  }

  /** The least time between two loads; zero loads at every checkpoint. */
  public WarehouseSettings withLoadInterval(Duration value) {
    return new WarehouseSettings(url, user, password, stagingPath, value, iamRole);
  }

  /** The role with which Redshift reads the staged files. */
  public WarehouseSettings withIamRole(String arn) {
    return new WarehouseSettings(url, user, password, stagingPath, loadInterval, arn);
  }

  public String url() {
    return url;
  }

  public String user() {
    return user;
  }

  /** Reads the secret anew at each call. */
  String password() {
    return password.get();
  }

  /** A folder on a Flink file system, without a slash at its end. */
  public String stagingPath() {
    return stagingPath.endsWith("/")
        ? stagingPath.substring(0, stagingPath.length() - 1)
        : stagingPath;
  }

  public Duration loadInterval() {
    return loadInterval;
  }

  /** Absent: the cluster's default role reads the staged files. */
  public Optional<String> iamRole() {
    return Optional.ofNullable(iamRole);
  }

  private static Duration notNegative(Duration value, String what) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("The warehouse's " + what + " is negative: " + value);
    }
    return value;
  }

  @Override
  public String toString() {
    return "WarehouseSettings{url="
        + WarehouseConnections.withoutSecrets(url)
        + ", user="
        + user
        + ", password=***, staging="
        + stagingPath
        + ", load interval="
        + loadInterval
        + ", IAM role="
        + iamRole
        + '}';
  }
}
