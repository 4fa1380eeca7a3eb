package org.invoiceflow.local.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.invoiceflow.local.bench.demo.DemoBench;
import org.invoiceflow.local.bench.graph.GraphBench;
import org.invoiceflow.local.bench.handler.HandlerBench;
import org.invoiceflow.local.bench.latency.LatencyBench;
import org.invoiceflow.local.bench.loader.LoaderBench;
import org.invoiceflow.local.bench.warehouse.WarehouseBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bench/run NAME}: measures, prints a table, writes {@code target/bench/NAME.json}. The
 * script knows the names too, and says how to call it.
 */
@Command(name = "bench/run")
public final class BenchCommand implements Callable<Integer> {

  private static final Map<String, Bench> BENCHES =
      new TreeMap<>(
          Map.of(
              "graph", new GraphBench(),
              "handler", new HandlerBench(),
              "import", new DemoBench("import"),
              "latency", new LatencyBench(),
              "loader", new LoaderBench(),
              "stream", new DemoBench("stream"),
              "warehouse", new WarehouseBench()));

  private static final int FAILED = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME")
  private String name = "";

  /** How often each variant is measured. */
  @Option(names = "--rounds", paramLabel = "N")
  private int rounds = 3;

  /** How many of the input's lines are used, from its beginning. */
  @Option(names = "--lines", paramLabel = "N")
  private Optional<Integer> lines = Optional.empty();

  /** Ends the process, since Flink leaves threads behind. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static Set<String> names() {
    return BENCHES.keySet();
  }

  static int run(String... arguments) {
    return new CommandLine(new BenchCommand())
        .setParameterExceptionHandler(
            (e, all) -> {
              e.getCommandLine().getErr().println("bench: " + e.getMessage());
              e.getCommandLine().getErr().println("bench/run --help says how to call it.");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("bench: the measurement failed");
              e.printStackTrace(command.getErr());
              return FAILED;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() throws Exception {
    Bench bench = BENCHES.get(name);
    if (bench == null) {
      throw wrong("there is no " + name + "; it is one of " + String.join(", ", BENCHES.keySet()));
    }
    if (rounds < 1 || rounds > 100) {
      throw wrong("--rounds goes from 1 to 100, but is " + rounds);
    }
    if (lines.isPresent() && lines.get() < 2_000) {
      throw wrong("--lines is at least 2000, but is " + lines.get());
    }
    Path root = Path.of(System.getProperty("invoiceflow.root", "."));
    Path folder = Files.createTempDirectory("invoiceflow-bench-");
    OptionalInt limit = lines.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    // What is measured may print; the table must stand alone.
    PrintStream out = System.out;
    try {
      Machine before = Machine.now();
      Figures figures = bench.measure(new BenchSettings(root, folder, rounds, limit));
      Machine after = Machine.now();
      out.println();
      out.print(figures.table(before));
      Path file = root.resolve("target/bench/" + name + ".json");
      Files.createDirectories(file.getParent());
      Files.writeString(file, figures.json(name, before, after));
      return CommandLine.ExitCode.OK;
    } finally {
      delete(folder);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
