package org.invoiceflow.local.stores;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;

/**
 * Puts the parts of invoices together, in whatever order they arrive, and checks each invoice as
 * soon as it is whole. Used from several threads. Holds lines only of invoices that are not whole
 * yet.
 */
final class InvoiceAssembly {

  private final Findings.Collector findings;
  private final Consumer<? super List<InvoiceLine>> eachInvoice;
  private final Map<String, Map<String, InvoiceItem>> incomplete = new ConcurrentHashMap<>();
  private final Map<String, StoredInvoice> complete = new ConcurrentHashMap<>();

  InvoiceAssembly(Findings.Collector findings, Consumer<? super List<InvoiceLine>> eachInvoice) {
    this.findings = findings;
    this.eachInvoice = eachInvoice;
  }

  void add(InvoiceItem item) {
    if (item.isWholeInvoice()) {
      check(item.invoiceNo(), List.of(item));
      return;
    }
    List<InvoiceItem> whole = new ArrayList<>();
    incomplete.compute(
        item.invoiceNo(),
        (invoiceNo, known) -> {
          Map<String, InvoiceItem> parts = known == null ? new TreeMap<>() : known;
          parts.put(item.part(), item);
          InvoiceItem first = parts.get(InvoiceItem.FIRST_PART);
          if (first == null
              || first.parts().isEmpty()
              || !parts.keySet().containsAll(first.parts())) {
            return parts;
          }
          first.parts().stream().sorted().forEach(part -> whole.add(parts.remove(part)));
          return parts.isEmpty() ? null : parts;
        });
    if (!whole.isEmpty()) {
      check(item.invoiceNo(), whole);
    }
  }

  /** All invoices by number, bytewise; call when every item has been added. */
  NavigableMap<String, StoredInvoice> finish() {
    incomplete.forEach(
        (invoiceNo, parts) -> {
          if (complete.containsKey(invoiceNo)) {
            findings.add(
                "Invoice " + invoiceNo + ": parts " + parts.keySet() + " exist but are not named");
            return;
          }
          InvoiceItem first = parts.get(InvoiceItem.FIRST_PART);
          findings.add(
              first == null
                  ? "Invoice " + invoiceNo + ": part " + InvoiceItem.FIRST_PART + " is missing"
                  : "Invoice "
                      + invoiceNo
                      + ": names the parts "
                      + first.parts().stream().sorted().toList()
                      + " but has "
                      + parts.keySet());
          check(invoiceNo, List.copyOf(parts.values()));
        });
    NavigableMap<String, StoredInvoice> sorted = new TreeMap<>(Bytewise.ORDER);
    sorted.putAll(complete);
    return sorted;
  }

  private void check(String invoiceNo, List<InvoiceItem> parts) {
    List<InvoiceLine> lines =
        parts.size() == 1
            ? parts.get(0).lines()
            : parts.stream().flatMap(part -> part.lines().stream()).toList();
    if (lines.isEmpty()) {
      findings.add("Invoice " + invoiceNo + ": has no lines");
      return;
    }
    InvoiceSummary recomputed = InvoiceSummary.of(lines);
    Optional<InvoiceSummary> stored = parts.get(0).summary();
    if (stored.isPresent() && !stored.get().equals(recomputed)) {
      findings.add(
          "Invoice "
              + invoiceNo
              + ": the summary says ["
              + stored.get()
              + "] but the lines add up to ["
              + recomputed
              + "]");
    }
    checkCustomer(invoiceNo, recomputed, lines);
    complete.put(
        invoiceNo,
        new StoredInvoice(stored.orElse(recomputed), recomputed, StoredInvoice.latest(lines)));
    eachInvoice.accept(lines);
  }

  private void checkCustomer(String invoiceNo, InvoiceSummary summary, List<InvoiceLine> lines) {
    for (InvoiceLine line : lines) {
      if (line.customerId().isPresent() && !line.customerId().equals(summary.customerId())) {
        findings.add(
            "Invoice "
                + invoiceNo
                + ": its lines name the customers "
                + line.customerId().get()
                + " and "
                + summary.customerId().orElse("none"));
        return;
      }
    }
  }
}
