package org.invoiceflow.local.faults;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with this JVM's class path, which can be killed. Its stdin is a pipe from this JVM: the
 * child ends when the pipe does, so it cannot outlive the test.
 */
final class ChildJvm implements AutoCloseable {

  private static final int SIGKILL_STATUS = 128 + 9;

  private final String name;
  private final Process process;
  private final Path out;
  private final Path log;

  private ChildJvm(String name, Process process, Path out, Path log) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.log = log;
  }

  /**
   * @param name of its files in the folder: {@code NAME.out} with stdout and stderr, {@code
   *     NAME.log}
   * @param options of the JVM, such as {@code -Xmx1g}
   * @param main class that ends when stdin does
   */
  static ChildJvm start(
      Path folder, String name, List<String> options, Class<?> main, List<String> arguments)
      throws IOException {
    Path out = folder.resolve(name + ".out");
    Path log = folder.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(options);
    command.add("-Dinvoiceflow.root=" + System.getProperty("invoiceflow.root"));
    command.add("-Dinvoiceflow.log=" + log);
    command.add("-Daws.java.v1.disableDeprecationAnnouncement=true");
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new ChildJvm(name, builder.start(), out, log);
  }

  /** Sends a line to its stdin. */
  void tell(String line) throws IOException {
    Writer in = process.outputWriter(StandardCharsets.UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** What it has written so far. */
  List<String> lines() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8).lines().toList();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for this time or until the process ends by itself; true if it has ended. */
  boolean hasEndedAfter(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The exit status of a process that ends by itself within this time. */
  int awaitStatus(Duration patience) throws IOException, InterruptedException {
    if (!hasEndedAfter(patience)) {
      throw new IllegalStateException(name + " does not end. " + lastWords());
    }
    return process.exitValue();
  }

  /**
   * SIGKILL, and the wait for its effect.
   *
   * @throws IllegalStateException if the process had ended by itself: then nothing was tested
   */
  void kill() throws IOException, InterruptedException {
    if (!killIfAlive()) {
      throw new IllegalStateException(name + " ended before it was killed. " + lastWords());
    }
  }

  /** SIGKILL, unless the process has ended by itself: true if it was killed. */
  boolean killIfAlive() throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor() == SIGKILL_STATUS;
  }

  /** The ends of its output and log. */
  String lastWords() throws IOException {
    return "The end of its output: " + end(out) + "\nThe end of its log: " + end(log);
  }

  private static String end(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    List<String> lines = Files.readAllLines(file);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
