package org.invoiceflow.local.bench.handler;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.invoiceflow.local.bench.Bench;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.local.bench.BenchSettings;
import org.invoiceflow.local.bench.Figures;
import org.invoiceflow.local.bench.Figures.Column;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@link HandlerBenchmark} by JMH, each in a JVM of its own, with both compilers. */
public final class HandlerBench implements Bench {

  private static final int ITERATIONS = 3;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** One core's worth of a function. */
  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m");

  private record Variant(String name, String method) {}

  private record Compiler(String name, List<String> arguments) {}

  @Override
  public Figures measure(BenchSettings settings) throws Exception {
    BenchInput input = BenchInput.of(settings);
    int largest = OneInvoice.largestOf(input.read()).size();
    Figures figures =
        new Figures(
            "handler: from "
                + input.text()
                + ", median of "
                + settings.rounds()
                + " forks after a warm-up",
            new Column("CPU us", "cpu_us_per_operation", 2),
            new Column("clock us", "clock_us_per_operation", 2),
            new Column("KB allocated", "kb_allocated_per_operation", 2));
    List<Variant> variants =
        List.of(
            new Variant("a line, 500 in a request", "batch"),
            new Variant("a line, one in a request", "single"),
            new Variant(
                String.format(Locale.ROOT, "the largest invoice (%,d lines)", largest),
                "largestInvoice"));
    List<Compiler> compilers =
        List.of(
            new Compiler("both compilers", List.of()),
            new Compiler("first compiler only, as Lambda", List.of("-XX:TieredStopAtLevel=1")));
    for (int round = 0; round < settings.rounds(); round++) {
      for (Variant variant : variants) {
        for (Compiler compiler : compilers) {
          run(input, variant, compiler, figures);
        }
      }
    }
    figures.note("The stream takes, the table answers at once. CPU is that of the whole JVM.");
    return figures;
  }

  private static void run(BenchInput input, Variant variant, Compiler compiler, Figures figures)
      throws RunnerException, IOException {
    String[] jvm =
        Stream.concat(JVM.stream(), compiler.arguments().stream()).toArray(String[]::new);
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(
                        "\\."
                            + HandlerBenchmark.class.getSimpleName()
                            + "\\."
                            + variant.method()
                            + "$")
                    .param("file", input.file().toString())
                    .forks(1)
                    .jvmArgs(jvm)
                    .warmupIterations(ITERATIONS)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(ITERATIONS)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(CpuProfiler.class)
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    figures.run(
        variant.name() + "; " + compiler.name(),
        result.getSecondaryResults().get(CpuProfiler.CPU).getScore(),
        result.getPrimaryResult().getScore(),
        result.getSecondaryResults().get(ALLOCATED).getScore() / 1024);
  }
}
