package org.invoiceflow.local.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a soak has measured. A figure is flat if its median over the last third of the time is at
 * most a quarter, and a fixed allowance for small values, above its median over the middle third;
 * the first third is for warming up. The median passes over the moments after a crash.
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

  private static final double GROWTH = 1.25;
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
    check(findings, "heap after a collection in MB", p -> p.heapBytes() / 1e6, 16);
    check(findings, "number of open files", Point::openFiles, 20);
    check(findings, "state in bytes a line", Point::stateBytesPerLine, 10);
    check(findings, "lag in lines", Point::lagLines, 2.0 * linesPerSecond);
    return findings;
  }

  private void check(
      List<String> findings, String name, ToDoubleFunction<Point> figure, double allowance) {
    int third = points.size() / 3;
    double middle = median(points.subList(third, 2 * third), figure);
    double last = median(points.subList(2 * third, points.size()), figure);
    if (last > middle * GROWTH + allowance) {
      findings.add(
          String.format(
              Locale.ROOT,
              "The %s grows: %.1f in the middle, %.1f at the end",
              name,
              middle,
              last));
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
