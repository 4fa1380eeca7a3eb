package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ServiceLoader;

/**
 * How staged files get into a table of one kind of database. Implementations are found with {@link
 * ServiceLoader}, have a public constructor without arguments and keep no state.
 */
public interface BulkLoad {

  /** The start of the JDBC URLs that this implementation serves, such as {@code jdbc:redshift:}. */
  String urlPrefix();

  /**
   * Loads every line of every file into the table, within the connection's open transaction:
   * neither commits nor rolls back. A file that is missing or cannot be read whole is an error.
   *
   * <p>The files are gzip CSV in UTF-8 with {@code \n} line ends and no header: each value in
   * double quotes, a quote within a value doubled, no other escape; null is an unquoted {@code \N}.
   */
  void load(Connection connection, StagedFiles staged) throws SQLException, IOException;

  /**
   * The implementation for this URL.
   *
   * @throws IllegalStateException if the class path has none
   */
  static BulkLoad forUrl(String url) {
    for (BulkLoad candidate : ServiceLoader.load(BulkLoad.class, BulkLoad.class.getClassLoader())) {
      if (url.startsWith(candidate.urlPrefix())) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        "Nothing on the class path loads staged files into "
            + WarehouseConnections.withoutSecrets(url)
            + ": add the module that provides a "
            + BulkLoad.class.getName()
            + " for it.");
  }
}
