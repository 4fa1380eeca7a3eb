package org.invoiceflow.local.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.invoiceflow.local.testing.Limits;
import org.invoiceflow.local.testing.WarehouseServer;

/** {@code ./demo} as a user calls it, with a folder of its own for temporary files. */
final class DemoProcess implements AutoCloseable {

  private static final long SIGINT_BIT = 1 << 1;

  private final Process process;
  private final Path folder;

  private DemoProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * @param folder does not exist yet
   */
  static DemoProcess start(Path folder, Object... arguments) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(root().resolve("demo").toString());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder
        .environment()
        .put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("tmp").toAbsolutePath());
    return new DemoProcess(builder.start(), folder);
  }

  static Path root() {
    return Path.of(System.getProperty("invoiceflow.root")).toAbsolutePath();
  }

  String out() throws IOException {
    return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
  }

  /** Without what the JVM says about the option of this class. */
  String err() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("err"), StandardCharsets.UTF_8)) {
      return String.join("\n", lines.filter(line -> !line.startsWith("Picked up")).toList());
    }
  }

  /** Returns when the process has written this to stdout; fails if it ends before. */
  void awaitOut(String text) throws IOException {
    try {
      await()
          .atMost(Limits.PATIENCE)
          .failFast(() -> !process.isAlive() && !out().contains(text))
          .until(() -> out().contains(text));
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException(out() + err(), e);
    }
  }

  /** The process, its children, and PostgreSQL's server, which is nobody's child. */
  Set<ProcessHandle> processes() throws IOException {
    Set<ProcessHandle> all = new HashSet<>(process.descendants().toList());
    all.add(process.toHandle());
    try (DirectoryStream<Path> runs =
        Files.newDirectoryStream(folder.resolve("tmp"), "invoiceflow-demo-*")) {
      for (Path run : runs) {
        all.add(WarehouseServer.of(run));
      }
    }
    return all;
  }

  /**
   * What Ctrl-C sends. A process that was started below a background job of a shell is deaf to it
   * and gets what {@code kill} sends.
   */
  void interrupt() throws IOException, InterruptedException {
    String signal = isDeafToInterrupt() ? "-TERM" : "-INT";
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  private boolean isDeafToInterrupt() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      String ignored = lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
      return (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) & SIGINT_BIT) != 0;
    }
  }

  int awaitStatus() throws InterruptedException {
    if (!process.waitFor(Limits.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the demo does not end");
    }
    return process.exitValue();
  }

  /** Files that the process or its children have left. */
  List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files.toList();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
