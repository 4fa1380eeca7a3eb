package org.invoiceflow.local.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A stand-in's process: ready when it answers HTTP, killed when closed. */
final class ChildProcess implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(25);

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the process and returns when the address answers with any HTTP status.
   *
   * @param run folder of the run: working directory and place of the log
   */
  static ChildProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path run,
      Janitor janitor,
      URI address)
      throws StandinException, IOException {
    Path log = run.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(run.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new StandinException(
          name + " cannot be started: is " + command.get(0) + " installed?", e);
    }
    janitor.watch(process.pid());
    ChildProcess child = new ChildProcess(name, process, log);
    try {
      child.awaitAnswer(address);
    } catch (StandinException | IOException | RuntimeException e) {
      child.close();
      throw e;
    }
    return child;
  }

  private void awaitAnswer(URI address) throws StandinException, IOException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!answers(address)) {
      if (System.nanoTime() > deadline) {
        throw new StandinException(
            name + " did not answer within " + DEADLINE.toSeconds() + " s. " + lastWords());
      }
      if (waitFor(POLL)) {
        throw new StandinException(
            name + " ended with status " + process.exitValue() + ". " + lastWords());
      }
    }
  }

  private static boolean answers(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(1000);
    connection.setReadTimeout(5000);
    try {
      return connection.getResponseCode() > 0;
    } catch (IOException e) {
      return false;
    } finally {
      connection.disconnect();
    }
  }

  private String lastWords() throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    return "The end of its log: "
        + String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  /** Waits for the process's end; true if it has ended. */
  private boolean waitFor(Duration duration) {
    try {
      return process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new java.io.InterruptedIOException(name));
    }
  }

  /** Kills the process; kinesis-local heeds nothing less than SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly();
    if (!waitFor(Duration.ofSeconds(10))) {
      throw new IllegalStateException(name + " cannot be killed: process " + process.pid());
    }
  }
}
