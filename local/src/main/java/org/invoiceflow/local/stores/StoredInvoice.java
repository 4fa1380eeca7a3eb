package org.invoiceflow.local.stores;

import java.time.LocalDateTime;
import java.util.List;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;

/**
 * What the invoices view holds of one invoice.
 *
 * @param stored the summary as it is stored
 * @param recomputed the summary that follows from the stored lines
 * @param lastDate the latest InvoiceDate of the stored lines; a summary has the earliest only
 */
public record StoredInvoice(
    InvoiceSummary stored, InvoiceSummary recomputed, LocalDateTime lastDate) {

  static LocalDateTime latest(List<InvoiceLine> lines) {
    LocalDateTime latest = lines.get(0).invoiceDate();
    for (InvoiceLine line : lines) {
      if (line.invoiceDate().isAfter(latest)) {
        latest = line.invoiceDate();
      }
    }
    return latest;
  }
}
