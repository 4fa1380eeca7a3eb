package org.invoiceflow.job.config;

import java.time.Duration;
import java.util.Optional;
import org.invoiceflow.job.warehouse.WarehouseSettings;
import org.jspecify.annotations.Nullable;

/** The options of the group {@value #GROUP}. */
final class WarehouseOptions {

  static final String GROUP = "warehouse";

  private final Options options;

  WarehouseOptions(Options options) {
    this.options = options;
  }

  /**
   * @param lakeRoot below which lines are staged unless another folder is given
   * @return null if this deployment has no warehouse, or if the options are wrong
   */
  @Nullable WarehouseSettings read(String lakeRoot) {
    boolean enabled = options.flag(GROUP, "enabled", true);
    String staging =
        Options.withoutSlash(options.text(GROUP, "staging").orElse(lakeRoot + "/staging"));
    Duration interval =
        options.millis(
            GROUP,
            "load.interval.ms",
            WarehouseSettings.DEFAULT_LOAD_INTERVAL,
            0,
            Duration.ofDays(1));
    Optional<String> iamRole = options.text(GROUP, "iam.role");
    Optional<WarehousePassword> password = password(enabled);
    Optional<String> url = options.text(GROUP, "url");
    Optional<String> user = options.text(GROUP, "user");
    if (!enabled) {
      return null;
    }
    if (url.isEmpty() || !url.get().startsWith("jdbc:")) {
      options.error(
          GROUP, "url", "must be a JDBC address, for example jdbc:redshift://host:5439/db");
    }
    options.required(GROUP, "user", "loader");
    if (url.isEmpty() || user.isEmpty() || password.isEmpty()) {
      return null;
    }
    WarehouseSettings settings =
        WarehouseSettings.of(url.get(), user.get(), password.get(), staging)
            .withLoadInterval(interval);
    return iamRole.map(settings::withIamRole).orElse(settings);
  }

  private Optional<WarehousePassword> password(boolean needed) {
    Optional<String> fixed = options.text(GROUP, "password");
    Optional<String> secretArn = options.text(GROUP, "secret.arn");
    if (needed && fixed.isPresent() == secretArn.isPresent()) {
      options.error(GROUP, "secret.arn", "or password must be given, and not both");
      return Optional.empty();
    }
    if (secretArn.isPresent() && !WarehousePassword.isSecretArn(secretArn.get())) {
      // Its value is not repeated: it may be the password itself.
      options.error(
          GROUP,
          "secret.arn",
          "is none; it begins with arn:aws:secretsmanager: and holds a region");
      return Optional.empty();
    }
    return secretArn.map(WarehousePassword::inSecret).or(() -> fixed.map(WarehousePassword::fixed));
  }
}
