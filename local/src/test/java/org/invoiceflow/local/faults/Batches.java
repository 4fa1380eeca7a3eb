package org.invoiceflow.local.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.invoiceflow.model.InvoiceLine;

/** Lines of one invoice at a time, as a record carries them. */
final class Batches {

  private static final int MOST_LINES = 40;

  private Batches() {}

  /** Each invoice's lines cut anywhere, in file order. */
  static List<List<InvoiceLine>> cut(Collection<InvoiceLine> lines, Random random) {
    List<List<InvoiceLine>> batches = new ArrayList<>();
    for (List<InvoiceLine> invoice : byInvoice(lines).values()) {
      int from = 0;
      while (from < invoice.size()) {
        int to = Math.min(invoice.size(), from + 1 + random.nextInt(MOST_LINES));
        batches.add(List.copyOf(invoice.subList(from, to)));
        from = to;
      }
    }
    return batches;
  }

  /** Each invoice's lines mixed and cut anywhere, and all records mixed. */
  static List<List<InvoiceLine>> mixed(Collection<InvoiceLine> lines, Random random) {
    List<InvoiceLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, random);
    List<List<InvoiceLine>> batches = cut(shuffled, random);
    Collections.shuffle(batches, random);
    return batches;
  }

  /** The invoices' lines in the order in which they are given. */
  static Map<String, List<InvoiceLine>> byInvoice(Collection<InvoiceLine> lines) {
    Map<String, List<InvoiceLine>> invoices = new TreeMap<>();
    lines.forEach(
        line -> invoices.computeIfAbsent(line.invoiceNo(), any -> new ArrayList<>()).add(line));
    return invoices;
  }

  /** How many of the batches come after a later line of their invoice. */
  static int outOfOrder(List<List<InvoiceLine>> batches) {
    Map<String, Integer> last = new HashMap<>();
    int disordered = 0;
    for (List<InvoiceLine> batch : batches) {
      for (InvoiceLine line : batch) {
        int before = last.merge(line.invoiceNo(), line.lineNo(), Math::max);
        if (before > line.lineNo()) {
          disordered++;
          break;
        }
      }
    }
    return disordered;
  }
}
