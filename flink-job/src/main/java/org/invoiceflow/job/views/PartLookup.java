package org.invoiceflow.job.views;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * One invoice whose stored parts somebody waits for. Thread-safe: answers come from a client's
 * threads.
 */
final class PartLookup {

  private final String invoiceNo;
  private final CompletableFuture<List<InvoicePart>> done = new CompletableFuture<>();
  private final Set<Integer> asked = new HashSet<>();
  private final List<InvoicePart> parts = new ArrayList<>(1);
  private int unanswered;

  PartLookup(String invoiceNo) {
    this.invoiceNo = invoiceNo;
  }

  String invoiceNo() {
    return invoiceNo;
  }

  CompletableFuture<List<InvoicePart>> done() {
    return done;
  }

  synchronized void expect(Collection<Integer> more) {
    asked.addAll(more);
    unanswered += more.size();
  }

  synchronized void found(InvoicePart part) {
    parts.add(part);
  }

  /**
   * One of the parts that were asked for is known by now, found or absent.
   *
   * @return once all are: those that a found part names and nobody has asked for yet
   */
  synchronized List<Integer> answered() {
    unanswered--;
    if (unanswered > 0) {
      return List.of();
    }
    List<Integer> more =
        parts.stream()
            .flatMap(part -> part.parts().stream())
            .filter(part -> !asked.contains(part))
            .collect(Collectors.toList());
    if (more.isEmpty()) {
      done.complete(List.copyOf(parts));
    }
    return more;
  }
}
