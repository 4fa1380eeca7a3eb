package org.invoiceflow.loader.warehouse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.invoiceflow.model.warehouse.Dialect;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.invoiceflow.model.warehouse.SqlSession;
import org.invoiceflow.model.warehouse.WarehouseException;

/**
 * An open way to one database of a warehouse.
 *
 * @param session runs SQL there
 * @param closing lets go of it
 */
public record WarehouseConnection(SqlSession session, Dialect dialect, Runnable closing)
    implements AutoCloseable {

  private static final String LOGIN_SECONDS = "30";
  private static final String SILENCE_SECONDS = "900";

  /**
   * By JDBC, from a place that reaches the database.
   *
   * @param url {@code jdbc:redshift:} or {@code jdbc:postgresql:}
   */
  public static WarehouseConnection byJdbc(String url, String user, String password)
      throws WarehouseException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("loginTimeout", LOGIN_SECONDS);
    properties.setProperty("connectTimeout", LOGIN_SECONDS);
    properties.setProperty("socketTimeout", SILENCE_SECONDS);
    properties.setProperty("ApplicationName", "invoiceflow loader");
    try {
      Connection connection = DriverManager.getConnection(url, properties);
      return new WarehouseConnection(
          new JdbcSession(connection), Dialect.forUrl(url), () -> closeQuietly(connection));
    } catch (SQLException e) {
      throw new WarehouseException(
          "The warehouse "
              + withoutParameters(url)
              + " cannot be reached as "
              + user
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  /** Through the Redshift Data API, which needs no way into the warehouse's network. */
  public static WarehouseConnection byDataApi(DataApiSession session) {
    return new WarehouseConnection(session, Dialect.REDSHIFT, session::close);
  }

  @Override
  public void close() {
    closing.run();
  }

  /** Parameters of a URL may hold secrets. */
  private static String withoutParameters(String url) {
    return url.replaceFirst("[?;].*", "");
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was to be done is done.
    }
  }
}
