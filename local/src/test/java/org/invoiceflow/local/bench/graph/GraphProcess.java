package org.invoiceflow.local.bench.graph;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.local.bench.CpuClock;

/** Runs one {@link Way} several times and prints a {@link GraphRun} after each. */
public final class GraphProcess {

  private GraphProcess() {}

  /** Takes a {@link Way}, the file, a folder and how often to run. */
  public static void main(String[] arguments) throws Exception {
    Way way = Way.valueOf(arguments[0]);
    List<ReceivedRecord> records = MemoryRecords.of(BenchInput.read(Path.of(arguments[1])));
    Path folder = Path.of(arguments[2]);
    int runs = Integer.parseInt(arguments[3]);
    for (int run = 0; run < runs; run++) {
      System.out.println(
          run(way, records, Files.createDirectories(folder.resolve("" + run))).text());
    }
    // Flink leaves threads behind.
    System.exit(0);
  }

  private static GraphRun run(Way way, List<ReceivedRecord> records, Path folder) throws Exception {
    MemoryViews.clear();
    System.gc();
    CpuClock cpu = CpuClock.ofThisJvm();
    AtomicLong begin = new AtomicLong();
    DoubleAdder cpuBegin = new DoubleAdder();
    Runnable first =
        () -> {
          begin.set(System.nanoTime());
          cpuBegin.add(cpu.ownSeconds());
        };
    if (way == Way.PLAIN) {
      first.run();
      PlainLoop.run(records);
    } else {
      way.run(MemoryRecords.source(records, first), folder);
    }
    return new GraphRun(
        (System.nanoTime() - begin.get()) / 1e9,
        cpu.ownSeconds() - cpuBegin.sum(),
        MemoryViews.lines(),
        MemoryViews.puts(),
        MemoryViews.bytes());
  }
}
