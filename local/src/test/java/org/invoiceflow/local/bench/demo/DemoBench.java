package org.invoiceflow.local.bench.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.invoiceflow.local.bench.Bench;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.local.bench.BenchSettings;
import org.invoiceflow.local.bench.Figures;
import org.invoiceflow.local.bench.Figures.Column;

/**
 * The whole of {@code ./demo FILE --exit}, from the command to its end, with the CPU time of each
 * of its processes. A run that is not balanced is a failure.
 */
public final class DemoBench implements Bench {

  private final String mode;

  /**
   * @param mode of the demo: stream or import
   */
  public DemoBench(String mode) {
    this.mode = mode;
  }

  @Override
  public Figures measure(BenchSettings settings) throws Exception {
    BenchInput input = BenchInput.of(settings);
    Column[] columns =
        Stream.concat(
                Stream.of(
                    new Column("seconds", "seconds", 1),
                    new Column("lines/s", "lines_per_second", 0),
                    new Column("puts/line", "dynamodb_puts_per_line", 4)),
                Arrays.stream(Part.values())
                    .map(part -> new Column("CPU s: " + part.text(), part.jsonName(), 1)))
            .toArray(Column[]::new);
    Figures figures =
        new Figures(
            mode + ": ./demo with " + input.text() + ", median of " + settings.rounds(), columns);
    for (int round = 1; round <= settings.rounds(); round++) {
      run(settings, input, round, figures);
    }
    return figures;
  }

  private void run(BenchSettings settings, BenchInput input, int round, Figures figures)
      throws Exception {
    Path folder = Files.createDirectories(settings.folder().resolve("demo-" + round));
    Path report = folder.resolve("report.json");
    ProcessBuilder demo =
        new ProcessBuilder(
                settings.root().resolve("demo").toString(),
                input.file().toString(),
                "--mode",
                mode,
                "--date-format",
                "month-first",
                "--exit",
                "--report",
                report.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile());
    // All of its processes name the folder of their run, so they are known by it.
    demo.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
    long start = System.nanoTime();
    Process process = demo.start();
    PartClock clock = new PartClock(process.toHandle(), folder);
    while (!process.waitFor(PartClock.LOOK_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      clock.look();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      List<String> said = Files.readAllLines(folder.resolve("output.txt"));
      throw new IllegalStateException(
          "the demo ended with status "
              + process.exitValue()
              + ": "
              + String.join("\n", said.subList(Math.max(0, said.size() - 40), said.size())));
    }
    DoubleStream cpu = Arrays.stream(Part.values()).mapToDouble(clock::seconds);
    figures.run(
        mode,
        DoubleStream.concat(
                DoubleStream.of(seconds, input.lines() / seconds, putsPerLine(report)), cpu)
            .toArray());
    if (round == settings.rounds()) {
      stages(report).forEach(figures::note);
    }
  }

  private static double putsPerLine(Path report) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(report.toFile())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME
            && json.currentName().equals("puts_per_line")) {
          json.nextToken();
          return json.getDoubleValue();
        }
      }
    }
    return Double.NaN;
  }

  /** Each stage of the run with its seconds. */
  private static List<String> stages(Path report) throws IOException {
    List<String> stages = new java.util.ArrayList<>();
    stages.add("Stages of the last run, in seconds:");
    try (JsonParser json = new JsonFactory().createParser(report.toFile())) {
      boolean within = false;
      String name = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          within |= json.currentName().equals("stages");
        } else if (within && token == JsonToken.VALUE_STRING) {
          name = json.getText();
        } else if (within && token.isNumeric()) {
          stages.add(String.format(Locale.ROOT, "  %-28s %6.1f", name, json.getDoubleValue()));
        }
      }
    }
    return stages;
  }
}
