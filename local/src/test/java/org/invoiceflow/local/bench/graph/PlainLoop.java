package org.invoiceflow.local.bench.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.JsonLine;
import org.invoiceflow.model.LineJson;

/**
 * Parses and checks the records and makes both views, in one thread, without state that survives:
 * the floor of what can be asked of a job.
 */
final class PlainLoop {

  private PlainLoop() {}

  static void run(List<ReceivedRecord> records) {
    Map<String, List<InvoiceLine>> invoices = new HashMap<>();
    for (ReceivedRecord record : records) {
      for (JsonLine line : LineJson.read(record.payload()).lines()) {
        InvoiceLine sound = line.result().line().orElseThrow();
        invoices.computeIfAbsent(sound.invoiceNo(), any -> new ArrayList<>()).add(sound);
      }
    }
    invoices.values().forEach(MemoryViews::putWhole);
  }
}
