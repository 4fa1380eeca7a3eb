package org.invoiceflow.local.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a soak has measured. A figure is flat if its median over the last third of the time is above
 * its median over the middle third by no more than chance, and what is known to grow, explain; the
 * first third is for warming up. The median passes over the moments after a crash.
 */
final class SoakSeries {

  /**
   * One moment.
   *
   * @param seconds since the start
   * @param heapBytes used after a full collection
   * @param openFiles of the job's process, sockets included
   * @param stateBytes of the last checkpoint
   * @param storedLines rows in the warehouse
   * @param lagLines distinct lines that were sent and are not in the warehouse
   * @param crashes so far
   */
  record Point(
      long seconds,
      long heapBytes,
      long openFiles,
      long stateBytes,
      long storedLines,
      long lagLines,
      int crashes) {

    /** State remembers each line for its time to live, so it is the bytes for each that count. */
    double stateBytesPerLine() {
      return (double) stateBytes / Math.max(1, storedLines);
    }
  }

  /**
   * Of two medians of 35 moments each, whose heap differed by 6 MB (standard deviation) in the soak
   * of 2026-11-24: two standard errors.
   */
  private static final double HEAP_MB = 4;

  /**
   * The heap of that soak grew by 10 MB in 230,000 lines and 10 crashes. The keyed state is in
   * RocksDB; what it has on the heap are up to 128 timers of each key group. How much of the growth
   * they are was not measured.
   */
  private static final double HEAP_BYTES_OF_A_LINE = 40;

  /**
   * The mini cluster keeps every task manager that it has lost: 12 of them, without a line between,
   * left 3 MB on the heap.
   */
  private static final double HEAP_MB_OF_A_CRASH = 0.5;

  /** RocksDB's files become more with the state; 12 crashes without a line left none open. */
  private static final double OPEN_FILES = 15;

  /** In that soak a line took less and less, from 70 to 60 bytes. */
  private static final double STATE_BYTES_OF_A_LINE = 3;

  private static final int FEWEST = 9;

  private final List<Point> points = new ArrayList<>();

  void add(Point point) {
    points.add(point);
  }

  /**
   * The figures that are not flat, in sentences.
   *
   * @param linesPerSecond that were sent: what arrives in two seconds is the allowance of the lag
   */
  List<String> findings(int linesPerSecond) {
    if (points.size() < FEWEST) {
      return List.of("Only " + points.size() + " moments were measured");
    }
    List<String> findings = new ArrayList<>();
    double heapOfLines = growth(Point::storedLines).by() * HEAP_BYTES_OF_A_LINE / 1e6;
    double heapOfCrashes = growth(Point::crashes).by() * HEAP_MB_OF_A_CRASH;
    growth(p -> p.heapBytes() / 1e6)
        .check("heap after a collection in MB", HEAP_MB + heapOfLines + heapOfCrashes, findings);
    growth(Point::openFiles).check("number of open files", OPEN_FILES, findings);
    growth(Point::stateBytesPerLine)
        .check("state in bytes a line", STATE_BYTES_OF_A_LINE, findings);
    Growth lag = growth(Point::lagLines);
    lag.check("lag in lines", lag.middle / 4 + 2.0 * linesPerSecond, findings);
    return findings;
  }

  private Growth growth(ToDoubleFunction<Point> figure) {
    int third = points.size() / 3;
    return new Growth(
        median(points.subList(third, 2 * third), figure),
        median(points.subList(2 * third, points.size()), figure));
  }

  /** From the middle third of the time to the last. */
  private record Growth(double middle, double last) {

    double by() {
      return last - middle;
    }

    void check(String name, double allowed, List<String> findings) {
      if (by() > allowed) {
        findings.add(
            String.format(
                Locale.ROOT,
                "The %s grows: %.1f in the middle, %.1f at the end; %.1f more would be no wonder",
                name,
                middle,
                last,
                allowed));
      }
    }
  }

  private static double median(List<Point> points, ToDoubleFunction<Point> figure) {
    double[] sorted = points.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  void write(Path file) throws IOException {
    StringBuilder csv = new StringBuilder();
    csv.append("seconds,heap_bytes,open_files,state_bytes,stored_lines,lag_lines,crashes\n");
    for (Point p : points) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%d,%d,%d,%d,%d%n",
              p.seconds(),
              p.heapBytes(),
              p.openFiles(),
              p.stateBytes(),
              p.storedLines(),
              p.lagLines(),
              p.crashes()));
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, csv);
  }
}
