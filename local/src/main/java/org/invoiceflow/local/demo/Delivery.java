package org.invoiceflow.local.demo;

import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.report.Sent;

/** One way of a file into the stores. */
interface Delivery extends AutoCloseable {

  /**
   * Sends the file as often as asked and returns when all of it has arrived, or when nothing moves
   * any more.
   *
   * @throws CommandException if the file cannot be sent, or the job fails
   */
  Sent deliver(Stopwatch stopwatch) throws Exception;

  @Override
  void close();
}
