package org.invoiceflow.local.bench;

/** What one {@code bench/run NAME} measures. */
@FunctionalInterface
public interface Bench {

  /** Measures; tells each run as it goes. May leave threads behind: the process ends after it. */
  Figures measure(BenchSettings settings) throws Exception;
}
