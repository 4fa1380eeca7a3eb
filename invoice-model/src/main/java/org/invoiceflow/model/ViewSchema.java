package org.invoiceflow.model;

/**
 * Attribute names of the two DynamoDB views, for those who write them and those who read them.
 *
 * <p>Invoices view: key ({@link #INVOICE_NO}, {@link #PART}); every item has {@link #LINES}, the
 * part's lines as a row JSON array in the order of LineNo; part {@code 0001} also has the summary
 * and {@link #PARTS}. Customers view: key ({@link #CUSTOMER_ID}, {@link #INVOICE_NO}) and the
 * summary; the local index {@link #BY_DATE} sorts a customer's rows by {@link #DATE}.
 */
public final class ViewSchema {

  /** S. Key. */
  public static final String INVOICE_NO = "invoice_no";

  /** S, four digits. Sort key of the invoices view. */
  public static final String PART = "part";

  /** S: row JSON array; absent on a part {@code 0001} without lines of its own. */
  public static final String LINES = "lines";

  /** SS: keys of all parts of the invoice; on part {@code 0001} only. */
  public static final String PARTS = "parts";

  /** S; absent for a guest. Partition key of the customers view. */
  public static final String CUSTOMER_ID = "customer_id";

  /** S. */
  public static final String COUNTRY = "country";

  /** S: {@link InvoiceKind} name. */
  public static final String KIND = "kind";

  /** S: {@code yyyy-MM-ddTHH:mm:ss}, so that text order is time order. */
  public static final String DATE = "date";

  /** N. */
  public static final String LINE_COUNT = "line_count";

  /** N. */
  public static final String UNITS = "units";

  /** N, exact. */
  public static final String TOTAL = "total";

  /**
   * Name of the customers view's local secondary index (customer_id, date), all attributes
   * projected.
   */
  public static final String BY_DATE = "by_date";

  private ViewSchema() {}
}
