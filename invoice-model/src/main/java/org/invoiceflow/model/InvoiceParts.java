package org.invoiceflow.model;

/**
 * How an invoice is cut into items of the invoices view: part {@code 0001} holds LineNo 1-100,
 * {@code 0002} 101-200, and so on. With the limits of {@link LineRules} no part reaches DynamoDB's
 * 400 KB.
 */
public final class InvoiceParts {

  /** Lines in one part. */
  public static final int LINES_PER_PART = 100;

  /** The part that carries the invoice's summary besides its own lines; it is always written. */
  public static final int SUMMARY_PART = 1;

  private InvoiceParts() {}

  /** Number of the part that holds the line, from 1. */
  public static int partOf(int lineNo) {
    return (lineNo - 1) / LINES_PER_PART + 1;
  }

  /** The part's sort key: four digits. */
  public static String key(int part) {
    String digits = Integer.toString(part);
    return "0000".substring(Math.min(4, digits.length())) + digits;
  }
}
