package org.invoiceflow.loader.send;

import java.util.Map;

/**
 * What became of the lines from the file's first up to some line.
 *
 * @param accepted lines that the API took
 * @param rejectedByLoader lines that broke a rule and were not sent
 * @param rejectedByApi lines that the API refused
 * @param rejectedByRule how many lines broke each rule
 */
record Counts(
    long accepted, long rejectedByLoader, long rejectedByApi, Map<String, Long> rejectedByRule) {

  static final Counts NONE = new Counts(0, 0, 0, Map.of());

  Counts {
    rejectedByRule = Map.copyOf(rejectedByRule);
  }

  /** Lines that are accounted for: each in one of the three. */
  long lines() {
    return accepted + rejectedByLoader + rejectedByApi;
  }
}
