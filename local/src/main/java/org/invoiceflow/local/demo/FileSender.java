package org.invoiceflow.local.demo;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.loader.send.BrokenOffException;
import org.invoiceflow.loader.send.GaveUpException;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.loader.send.SendResult;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.Messages;
import org.invoiceflow.local.report.Sent;
import org.invoiceflow.model.CsvOptions;

/**
 * Sends the demo's file with the loader. Refused lines are written to {@code FILE.rejects.csv} in
 * the working directory, as the loader's own command does it: that file is a result and stays.
 */
final class FileSender {

  private final SourceFile file;
  private final CsvOptions csv;
  private final URI gateway;
  private final Path rejects;
  private final PrintWriter err;

  FileSender(SourceFile file, CsvOptions csv, URI gateway, PrintWriter err) {
    this.file = file;
    this.csv = csv;
    this.gateway = gateway;
    this.rejects = Path.of(file.name() + ".rejects.csv").toAbsolutePath();
    this.err = err;
  }

  /**
   * Sends the file so many times, one after the other.
   *
   * @throws CommandException if the file cannot be used, or the gateway does not take it
   */
  Sent send(int times) throws Exception {
    Sent sum = new Sent(0, 0, 0, 0, 0);
    for (int i = 0; i < times; i++) {
      SendResult result = send();
      result
          .rejectsFile()
          .ifPresent(path -> err.println("Refused lines and their reasons are in " + path + "."));
      sum =
          new Sent(
              sum.lines() + result.linesRead(),
              sum.accepted() + result.accepted(),
              sum.rejectedByLoader() + result.rejectedByLoader(),
              sum.rejectedByApi() + result.rejectedByApi(),
              sum.retries() + result.retries());
    }
    return sum;
  }

  private SendResult send() throws Exception {
    SendOptions options = SendOptions.of(file.path(), gateway).withCsv(csv).withRejects(rejects);
    try {
      return Loader.create().send(options, new ConsoleProgress(err));
    } catch (InputException e) {
      throw CommandException.usage(Messages.of(e));
    } catch (GaveUpException | BrokenOffException e) {
      throw CommandException.failure(Messages.of(e));
    }
  }
}
