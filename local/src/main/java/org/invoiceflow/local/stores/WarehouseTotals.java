package org.invoiceflow.local.stores;

import java.math.BigDecimal;

/**
 * What the warehouse's rows add up to, computed by the warehouse in exact decimals.
 *
 * @param rows all rows
 * @param distinctLines different (invoice_no, line_no)
 * @param units sum of quantity
 * @param total exact sum of quantity × unit_price, in canonical form
 */
public record WarehouseTotals(long rows, long distinctLines, long units, BigDecimal total) {

  /** Rows beyond the first of their (invoice_no, line_no); 0 unless the load is broken. */
  public long duplicates() {
    return rows - distinctLines;
  }
}
