package org.invoiceflow.local.bench.loader;

import java.util.Locale;

/**
 * What a client's process says of one run.
 *
 * @param seconds by the clock
 * @param cpuSeconds of the client's JVM
 * @param lines that the API has accepted
 */
record ClientRun(double seconds, double cpuSeconds, int lines) {

  String text() {
    return String.format(Locale.ROOT, "%.6f %.6f %d", seconds, cpuSeconds, lines);
  }

  static ClientRun parse(String text) {
    String[] figures = text.split(" ", -1);
    return new ClientRun(
        Double.parseDouble(figures[0]),
        Double.parseDouble(figures[1]),
        Integer.parseInt(figures[2]));
  }
}
