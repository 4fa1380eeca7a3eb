package org.invoiceflow.model.warehouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@link SqlSession} over a JDBC connection, which stays open and belongs to the caller. */
public final class JdbcSession implements SqlSession {

  private final Connection connection;

  /**
   * @param connection with autocommit on, and no transaction open
   */
  public JdbcSession(Connection connection) {
    this.connection = connection;
  }

  @Override
  public List<List<String>> query(String sql) throws WarehouseException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
          row.add(Objects.requireNonNullElse(result.getString(column), ""));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void run(List<String> statements) throws WarehouseException {
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
        connection.commit();
      } catch (SQLException e) {
        rollback(e);
        throw e;
      } finally {
        if (!connection.isClosed()) {
          connection.setAutoCommit(true);
        }
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void rollback(SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Drivers add lines such as the position in a statement that the user has not written. */
  private static WarehouseException failure(SQLException e) {
    String name = e.getClass().getName();
    String message = Objects.requireNonNullElse(e.getMessage(), name);
    return new WarehouseException(message.lines().findFirst().orElse(name), e);
  }
}
