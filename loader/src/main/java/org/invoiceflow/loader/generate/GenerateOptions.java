package org.invoiceflow.loader.generate;

import java.time.LocalDate;

/**
 * What to generate. The same options give the same bytes, on every machine.
 *
 * @param lines number of rows below the header, at least 1
 * @param seed any number; another seed gives other invoices
 * @param start first day on which an invoice may be written
 * @param days number of days that the invoices are spread over, 1 to {@value #MAX_DAYS}
 * @param firstInvoice number of the first invoice. Two files whose numbers overlap contradict each
 *     other, so they do not go into the same store
 */
public record GenerateOptions(long lines, long seed, LocalDate start, int days, long firstInvoice) {

  /** About a hundred years: dates keep four-digit years, and the calendar stays small. */
  public static final int MAX_DAYS = 36_600;

  /** Above the real file's numbers (536365 to 581587), so that both fit into one store. */
  public static final long DEFAULT_FIRST_INVOICE = 700_001;

  public static final LocalDate DEFAULT_START = LocalDate.of(2024, 1, 2);
  public static final int DEFAULT_DAYS = 365;

  public GenerateOptions {
    require(lines >= 1, "The number of lines must be at least 1, but is " + lines);
    require(
        days >= 1 && days <= MAX_DAYS,
        "The number of days must be from 1 to " + MAX_DAYS + ", but is " + days);
    require(
        start.getYear() >= 1900 && start.getYear() <= 9800,
        "The start must lie in the years 1900 to 9800, but is " + start);
    require(
        firstInvoice >= 1 && firstInvoice <= 1_000_000_000_000L,
        "The first invoice number must be from 1 to 1000000000000, but is " + firstInvoice);
  }

  /** So many lines with a seed, everything else as it comes. */
  public static GenerateOptions of(long lines, long seed) {
    return new GenerateOptions(lines, seed, DEFAULT_START, DEFAULT_DAYS, DEFAULT_FIRST_INVOICE);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
