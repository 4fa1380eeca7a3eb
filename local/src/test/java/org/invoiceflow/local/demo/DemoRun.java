package org.invoiceflow.local.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.testing.SharedStandins;

/**
 * One call of the demo in this JVM, as from the command line.
 *
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record DemoRun(int status, String out, String err) {

  static DemoRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int status = DemoCommand.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    return new DemoRun(status, out.toString(), err.toString());
  }

  /**
   * A call that uses these stores and ends when done.
   *
   * @param folder for the endpoints file
   */
  static DemoRun on(Endpoints stores, Path folder, Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--exit", "--endpoints", write(SharedStandins.asFile(stores), folder)));
    return of(all.toArray());
  }

  /** Writes an endpoints file. */
  static Path write(Properties properties, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "endpoints", ".properties");
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties.store(writer, null);
    }
    return file;
  }
}
