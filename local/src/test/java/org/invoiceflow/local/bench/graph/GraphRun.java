package org.invoiceflow.local.bench.graph;

import java.util.Locale;

/**
 * What a process says of one run.
 *
 * @param seconds from the first record to the end
 * @param cpuSeconds of the JVM in that time
 * @param lines that the view holds at the end
 * @param puts of items into both views
 * @param characters of all items that were put
 */
record GraphRun(double seconds, double cpuSeconds, long lines, long puts, long characters) {

  String text() {
    return String.format(
        Locale.ROOT, "run %.6f %.6f %d %d %d", seconds, cpuSeconds, lines, puts, characters);
  }

  static GraphRun parse(String text) {
    String[] figures = text.split(" ", -1);
    return new GraphRun(
        Double.parseDouble(figures[1]),
        Double.parseDouble(figures[2]),
        Long.parseLong(figures[3]),
        Long.parseLong(figures[4]),
        Long.parseLong(figures[5]));
  }
}
