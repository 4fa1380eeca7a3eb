package org.invoiceflow.loader;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.invoiceflow.loader.send.SendResult;

/** What is printed at the end of a run. */
final class Summary {

  private Summary() {}

  static String of(SendResult result) {
    StringBuilder text = new StringBuilder();
    row(text, "lines read", result.linesRead());
    if (result.answeredBefore() > 0) {
      row(text, "  by an earlier part", result.answeredBefore());
    }
    row(text, "accepted", result.accepted());
    row(text, "rejected by the loader", result.rejectedByLoader());
    row(text, "rejected by the API", result.rejectedByApi());
    result.rejectedByRule().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(rule -> row(text, "  " + rule.getKey(), rule.getValue()));
    long unknown = result.linesRead() - result.accepted() - result.rejected();
    if (unknown > 0) {
      row(text, "read, but not accounted for", unknown);
    }
    row(text, "requests", result.requests());
    row(text, "retries", result.retries());
    text.append(String.format(Locale.ROOT, "%-28s%,14.1f%n", "seconds", result.seconds()));
    row(
        text,
        "lines per second",
        Math.round(
            (result.linesRead() - result.answeredBefore()) / Math.max(1e-3, result.seconds())));
    result
        .rejectsFile()
        .ifPresent(
            file -> text.append(String.format(Locale.ROOT, "rejected lines are in %s%n", file)));
    result
        .draftsFile()
        .ifPresent(
            file -> text.append(String.format(Locale.ROOT, "mend and send them as %s%n", file)));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, long value) {
    text.append(String.format(Locale.ROOT, "%-28s%,14d%n", name, value));
  }
}
