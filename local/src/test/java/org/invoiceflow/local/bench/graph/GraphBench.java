package org.invoiceflow.local.bench.graph;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.local.bench.Bench;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.local.bench.BenchSettings;
import org.invoiceflow.local.bench.Figures;
import org.invoiceflow.local.bench.Figures.Column;

/**
 * What the job's graph costs with sources and views in memory, beside the usual way to keep views:
 * each in a JVM of its own, first cold, then again.
 */
public final class GraphBench implements Bench {

  private static final int RUNS = 2;

  @Override
  public Figures measure(BenchSettings settings) throws Exception {
    BenchInput input = BenchInput.of(settings);
    Figures figures =
        new Figures(
            "graph: both views of "
                + input.text()
                + " in memory, parallelism 2, median of "
                + settings.rounds(),
            new Column("seconds", "seconds", 2),
            new Column("lines/s", "lines_per_second", 0),
            new Column("CPU s/million lines", "cpu_seconds_per_million_lines", 1),
            new Column("puts/line", "puts_per_line", 4),
            new Column("characters put/line", "characters_put_per_line", 0));
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Way way : Way.values()) {
        run(way, input, settings.folder().resolve(way.name() + round), figures);
      }
    }
    figures.note("From the first record to the job's end, checkpoints every 3 s included.");
    return figures;
  }

  private static void run(Way way, BenchInput input, Path folder, Figures figures)
      throws Exception {
    Files.createDirectories(folder);
    Process process = start(way, input, folder);
    int runs = 0;
    try (var answers = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith("run ")) {
          add(
              way.text() + (runs++ == 0 ? ", cold" : ", warm"),
              GraphRun.parse(line),
              input,
              figures);
        }
      }
    }
    if (process.waitFor() != 0 || runs != RUNS) {
      throw new IllegalStateException(way.text() + " failed");
    }
  }

  private static void add(String row, GraphRun run, BenchInput input, Figures figures) {
    if (run.lines() != input.lines()) {
      throw new IllegalStateException(run.lines() + " of " + input.lines() + " are in the view");
    }
    double lines = input.lines();
    figures.run(
        row,
        run.seconds(),
        lines / run.seconds(),
        run.cpuSeconds() / lines * 1e6,
        run.puts() / lines,
        run.characters() / lines);
  }

  private static Process start(Way way, BenchInput input, Path folder) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xms1500m", "-Xmx2g", "-XX:+UseParallelGC", "-Djava.io.tmpdir=" + folder));
    // Flink on JDK 17 reaches into these.
    for (String name : List.of("util", "lang", "time", "util.concurrent", "nio")) {
      command.addAll(List.of("--add-opens", "java.base/java." + name + "=ALL-UNNAMED"));
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            GraphProcess.class.getName(),
            way.name(),
            input.file().toString(),
            folder.toString(),
            Integer.toString(RUNS)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
