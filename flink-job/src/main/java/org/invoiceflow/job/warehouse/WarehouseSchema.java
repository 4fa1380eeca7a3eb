package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The warehouse's tables: {@code invoice_lines} and the ledger of its loads. */
public final class WarehouseSchema {

  /** Every line, once. */
  public static final String LINES = "invoice_lines";

  /** The ledger: one row per load. */
  public static final String LOADS = "invoice_loads";

  /** The staged files of the loads in the ledger. */
  public static final String LOAD_FILES = "invoice_load_files";

  /** In the order in which they were released; a released file never changes. */
  private static final List<String> VERSIONS = List.of("V1__lines_and_ledger.sql");

  private WarehouseSchema() {}

  /**
   * Creates what is missing and leaves what exists alone, in the database and schema that the
   * connection is in. Neither commits nor rolls back if the connection's autocommit is off.
   */
  public static void create(Connection connection) throws SQLException {
    create(connection, Dialect.forUrl(connection.getMetaData().getURL()));
  }

  static void create(Connection connection, Dialect dialect) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(dialect)) {
        statement.execute(sql);
      }
    }
  }

  /** The statements for a database with this JDBC URL, for those who run them by other means. */
  public static List<String> statements(String url) {
    return statements(Dialect.forUrl(url));
  }

  private static List<String> statements(Dialect dialect) {
    List<String> statements = new ArrayList<>();
    for (String version : VERSIONS) {
      String script = resource(version).replace("${lines_layout}", dialect.linesLayout());
      Arrays.stream(withoutComments(script).split(";"))
          .map(String::trim)
          .filter(sql -> !sql.isEmpty())
          .forEach(statements::add);
    }
    statements.addAll(dialect.indexes());
    return statements;
  }

  private static String withoutComments(String script) {
    return script.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
  }

  private static String resource(String name) {
    try (InputStream in = WarehouseSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing from the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
