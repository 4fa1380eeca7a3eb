package org.invoiceflow.job.warehouse;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Takes the lock that keeps other loads out, or gives up: nothing can interrupt a thread that waits
 * for a database, so most of the waiting is done between attempts. Stateless.
 */
final class LedgerLock {

  /** How long one attempt waits. */
  static final Duration WAIT = Duration.ofSeconds(30);

  /** After which a connection is given up whose server does not heed the end of the wait. */
  private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

  /** SQL state of a statement that was cancelled. */
  private static final String CANCELLED = "57014";

  private final String statement;
  private final Duration wait;

  /**
   * @param wait whole seconds
   */
  LedgerLock(String statement, Duration wait) {
    this.statement = statement;
    this.wait = wait;
  }

  /**
   * To be called first of all in a transaction, at whose end the lock goes.
   *
   * @throws LedgerBusyException if somebody else had it all the time
   */
  void take(Connection connection) throws SQLException {
    int usual = connection.getNetworkTimeout();
    int whileWaiting = (int) wait.plus(CANCEL_GRACE).toMillis();
    connection.setNetworkTimeout(
        Runnable::run, usual == 0 ? whileWaiting : Math.min(usual, whileWaiting));
    try (Statement lock = connection.createStatement()) {
      lock.setQueryTimeout((int) wait.toSeconds());
      lock.execute(statement);
    } catch (SQLException e) {
      boolean waitedInVain =
          CANCELLED.equals(e.getSQLState()) || e.getCause() instanceof SocketTimeoutException;
      throw waitedInVain ? new LedgerBusyException(e) : e;
    }
    connection.setNetworkTimeout(Runnable::run, usual);
  }
}
