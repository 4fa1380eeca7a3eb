package org.invoiceflow.local.bench.latency;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.invoiceflow.model.InvoiceLine;

/** An invoice as a shop sends it: whole. */
record Invoice(String number, List<InvoiceLine> lines) {

  /** All invoices of a file, in the order in which each begins. */
  static List<Invoice> of(List<InvoiceLine> lines) {
    Map<String, List<InvoiceLine>> invoices = new LinkedHashMap<>();
    for (InvoiceLine line : lines) {
      invoices.computeIfAbsent(line.invoiceNo(), any -> new ArrayList<>()).add(line);
    }
    return invoices.entrySet().stream()
        .map(invoice -> new Invoice(invoice.getKey(), invoice.getValue()))
        .toList();
  }
}
