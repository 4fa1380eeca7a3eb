package org.invoiceflow.local.stores;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Collection;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.InvoiceSummary;

/**
 * What a customer's rows add up to.
 *
 * @param invoices all invoices, cancellations and adjustments included
 * @param cancelledInvoices those of kind {@link InvoiceKind#CANCELLATION}
 * @param netTotal exact sum over all invoices
 * @param firstDate date of the earliest invoice
 * @param lastDate latest InvoiceDate of any line
 */
record CustomerTotals(
    long invoices,
    long cancelledInvoices,
    long lines,
    long units,
    BigDecimal netTotal,
    LocalDateTime firstDate,
    LocalDateTime lastDate) {

  /**
   * Adds up.
   *
   * @param rows one customer's rows, at least one
   * @param invoicesView knows the latest dates, which the customers view does not hold
   */
  static CustomerTotals of(Collection<InvoiceSummary> rows, InvoicesView invoicesView) {
    long cancelled = 0;
    long lines = 0;
    long units = 0;
    BigDecimal total = BigDecimal.ZERO;
    LocalDateTime first = LocalDateTime.MAX;
    LocalDateTime last = LocalDateTime.MIN;
    for (InvoiceSummary row : rows) {
      cancelled += row.kind() == InvoiceKind.CANCELLATION ? 1 : 0;
      lines += row.lineCount();
      units += row.units();
      total = total.add(row.total());
      first = row.date().isBefore(first) ? row.date() : first;
      LocalDateTime latest =
          invoicesView.invoice(row.invoiceNo()).map(StoredInvoice::lastDate).orElse(row.date());
      last = latest.isAfter(last) ? latest : last;
    }
    return new CustomerTotals(rows.size(), cancelled, lines, units, total, first, last);
  }
}
