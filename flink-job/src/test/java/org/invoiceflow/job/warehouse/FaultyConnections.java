package org.invoiceflow.job.warehouse;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Connections of which the next one to commit a load fails as told, once. The fault is shared by
 * the whole process, since Flink ships copies of the sink.
 */
final class FaultyConnections implements WarehouseConnections {

  private static final long serialVersionUID = 1L;

  enum Fault {
    /** The connection breaks before the server has the commit. */
    LOST_BEFORE_COMMIT,
    /** The connection breaks after the server has committed, before it can say so. */
    LOST_AFTER_COMMIT,
    /** The process fails after the server has committed. */
    CRASH_AFTER_COMMIT
  }

  private static final AtomicReference<Fault> NEXT = new AtomicReference<>();

  /** Every connection commits twice: the staging table, then the load. */
  private static final int COMMIT_OF_THE_LOAD = 2;

  private final WarehouseConnections connections;

  FaultyConnections(WarehouseConnections connections) {
    this.connections = connections;
  }

  static void next(Fault fault) {
    NEXT.set(fault);
  }

  static boolean happened() {
    return NEXT.get() == null;
  }

  @Override
  public Connection open() throws SQLException {
    Connection connection = connections.open();
    AtomicInteger commits = new AtomicInteger();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Fault fault = null;
          if (method.getName().equals("commit")
              && commits.incrementAndGet() == COMMIT_OF_THE_LOAD) {
            fault = NEXT.getAndSet(null);
          }
          if (fault == Fault.LOST_BEFORE_COMMIT) {
            throw lost(connection);
          }
          Object result;
          try {
            result = method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          if (fault == Fault.LOST_AFTER_COMMIT) {
            throw lost(connection);
          }
          if (fault == Fault.CRASH_AFTER_COMMIT) {
            throw new IllegalStateException("injected crash after the commit");
          }
          return result;
        };
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }

  private static SQLException lost(Connection connection) throws SQLException {
    connection.abort(Runnable::run);
    return new SQLException("injected loss of the connection", "08006");
  }
}
