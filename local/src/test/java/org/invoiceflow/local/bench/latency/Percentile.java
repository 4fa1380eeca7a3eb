package org.invoiceflow.local.bench.latency;

import java.util.List;

/** Percentiles by the nearest rank: always a value that was measured. */
final class Percentile {

  private Percentile() {}

  /**
   * @param percent above 0, up to 100
   * @return NaN of no values
   */
  static double of(List<Double> values, int percent) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(values.size() * percent / 100.0);
    return values.stream().sorted().toList().get(Math.max(1, rank) - 1);
  }
}
