package org.invoiceflow.local.console;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.LogManager;

/**
 * Keeps the terminal for the command's own words: what Flink, the clients and the handlers log goes
 * to files of the run. Affects the whole JVM until it is closed, so one command a JVM.
 */
public final class RunLogs implements AutoCloseable {

  /** Where {@code log4j2.properties} writes; read when the first logger is made. */
  private static final String LOG_FILE_PROPERTY = "invoiceflow.log";

  private final Path folder;
  private final PrintStream standardOutput;
  private final PrintStream handlers;

  private RunLogs(Path folder, PrintStream standardOutput, PrintStream handlers) {
    this.folder = folder;
    this.standardOutput = standardOutput;
    this.handlers = handlers;
  }

  /**
   * Sends everything to files in this folder from now on: {@code name}, and {@code handlers.log}
   * for the handlers' request lines, which Lambda would send to CloudWatch.
   */
  public static RunLogs into(Path folder, String name) throws IOException {
    System.setProperty(LOG_FILE_PROPERTY, folder.resolve(name).toString());
    System.setProperty("aws.java.v1.disableDeprecationAnnouncement", "true");
    LogManager.getLogManager().reset();
    PrintStream handlers =
        new PrintStream(
            new FileOutputStream(folder.resolve("handlers.log").toFile()),
            true,
            StandardCharsets.UTF_8);
    RunLogs logs = new RunLogs(folder, System.out, handlers);
    System.setOut(handlers);
    return logs;
  }

  /** Where the files are, as long as the run lasts. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    System.setOut(standardOutput);
    handlers.close();
  }
}
