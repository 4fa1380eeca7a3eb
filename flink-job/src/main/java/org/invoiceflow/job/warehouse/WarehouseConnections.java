package org.invoiceflow.job.warehouse;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import org.invoiceflow.model.warehouse.Dialect;

/** Opens connections to the warehouse, a fresh one for each load. */
@FunctionalInterface
public interface WarehouseConnections extends Serializable {

  /** How long a connection may take to open. */
  Duration LOGIN_TIMEOUT = Duration.ofSeconds(30);

  /** How long the server may be silent: covers the longest single statement. */
  Duration SOCKET_TIMEOUT = Duration.ofMinutes(15);

  /** A new connection that the caller closes; autocommit is on, isolation as the server has it. */
  Connection open() throws SQLException;

  /**
   * Connects as the settings say. {@code jdbc:redshift:} uses the Redshift driver of the job's jar;
   * any other URL the driver that {@link DriverManager} knows.
   */
  static WarehouseConnections of(WarehouseSettings settings) {
    return () -> {
      Properties properties = new Properties();
      properties.setProperty("user", settings.user());
      properties.setProperty("password", password(settings));
      // Both drivers count these in seconds.
      String login = Long.toString(LOGIN_TIMEOUT.toSeconds());
      properties.setProperty("loginTimeout", login);
      properties.setProperty("connectTimeout", login);
      properties.setProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("ApplicationName", "invoiceflow");
      if (!settings.url().startsWith(Dialect.REDSHIFT_URL)) {
        return DriverManager.getConnection(settings.url(), properties);
      }
      // DriverManager does not see drivers that only a job's class loader can load.
      Connection connection = new com.amazon.redshift.Driver().connect(settings.url(), properties);
      if (connection == null) {
        throw new SQLException(
            "The Redshift driver does not accept the URL " + withoutSecrets(settings.url()));
      }
      return connection;
    };
  }

  /** That the secret cannot be read is one more reason why there is no connection now. */
  private static String password(WarehouseSettings settings) throws SQLException {
    try {
      return settings.password();
    } catch (RuntimeException e) {
      throw new SQLException("The warehouse's password cannot be read: " + e.getMessage(), e);
    }
  }

  /** The URL with the values of what may be secret in it replaced by {@code ***}. */
  static String withoutSecrets(String url) {
    return Pattern.compile("(?i)([?&;](?:password|pwd|\\w*secret\\w*|\\w*token\\w*)=)[^&;]*")
        .matcher(url)
        .replaceAll("$1***");
  }
}
