package org.invoiceflow.model;

/** What an invoice does to its customer's account, read from the first letter of its number. */
public enum InvoiceKind {
  /** An ordinary invoice. */
  SALE,
  /** Number begins with {@code C}: takes back some or all of an earlier sale. */
  CANCELLATION,
  /** Number begins with {@code A}: a bookkeeping correction such as a written-off debt. */
  ADJUSTMENT;

  /**
   * The kind of the invoice with this number. The letter counts in upper case only, as in the
   * public data set.
   */
  public static InvoiceKind ofInvoiceNo(String invoiceNo) {
    if (invoiceNo.startsWith("C")) {
      return CANCELLATION;
    }
    return invoiceNo.startsWith("A") ? ADJUSTMENT : SALE;
  }
}
