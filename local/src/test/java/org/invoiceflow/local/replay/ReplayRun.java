package org.invoiceflow.local.replay;

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
import java.util.Map;
import java.util.TreeMap;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.testing.SharedStandins;

/**
 * One call of the replay in this JVM, as from the command line.
 *
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record ReplayRun(int status, String out, String err) {

  static ReplayRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int status = ReplayCommand.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    return new ReplayRun(status, out.toString(), err.toString());
  }

  /**
   * A call that works on these stores.
   *
   * @param folder for the endpoints file
   * @param path of what to replay, below the bucket
   */
  static ReplayRun on(Endpoints stores, Path folder, String path, Object... arguments)
      throws IOException {
    Path file = Files.createTempFile(folder, "endpoints", ".properties");
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      SharedStandins.asFile(stores).store(writer, null);
    }
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--endpoints", file, "--from", "s3://" + stores.s3().bucket() + "/" + path));
    return of(all.toArray());
  }

  /** The table's counts by their names. */
  Map<String, Long> figures() {
    Map<String, Long> figures = new TreeMap<>();
    for (String row : out.lines().toList()) {
      String[] cells = row.strip().split(" {2,}");
      if (cells.length > 1 && cells[1].matches("[0-9,]+")) {
        figures.put(cells[0], Long.valueOf(cells[1].replace(",", "")));
      }
    }
    return figures;
  }
}
