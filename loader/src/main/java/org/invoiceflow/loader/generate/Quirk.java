package org.invoiceflow.loader.generate;

import java.util.Random;

/**
 * What is special about an invoice, with how many of 100,000 invoices of the real file have it
 * (rare ones rounded up). Each also stands once near the beginning of every file, so that a file of
 * a few thousand lines holds all of them.
 */
enum Quirk {
  /** A registered customer's ordinary invoice. */
  NONE(0),
  /** No line names a customer. */
  GUEST(9_150),
  /** Number begins with C, negative quantities; a third take back a line sold before. */
  CANCELLATION(14_810),
  /** One line, negative quantity, price 0, no customer, mostly no description. */
  WRITE_OFF(5_160),
  /** The same with a positive quantity. */
  STOCK_FOUND(2_290),
  /** Number begins with A; bad debt, the only negative prices. */
  ADJUSTMENT(12),
  /** The later lines carry a time one minute after the first. */
  TWO_TIMESTAMPS(166),
  /** Interrupted in the file by two rows of a cancellation. */
  INTERLEAVED(4),
  /** One stock code at two prices. */
  TWO_PRICES(1_500),
  /** One line twenty times, all alike. */
  TWENTY_ALIKE(40),
  /** A gift voucher, with a pound sign. */
  VOUCHER(125),
  /** A price of a tenth of a penny. */
  SUB_CENT(15),
  /** Two codes that differ in case only. */
  BOTH_CASES(300),
  /** A customer's line at price 0. */
  FREE_LINE(150),
  /** A sale of tens of thousands of units, cancelled by the invoice after it. */
  HUGE_AND_CANCELLED(8),
  /** A fee with a stock code that holds a space. */
  BANK_CHARGES(120),
  /** A large fee, cancelled. */
  MARKETPLACE_FEE(100),
  /** Descriptions with a comma, a quote, outer and doubled spaces. */
  PUNCTUATION(100),
  /** A customer who orders from two countries, by turns; the others come by chance. */
  TWO_COUNTRIES(0);

  private static final Quirk[] ALL = values();

  /** Ordinal of the first invoice that is chosen to have a quirk. */
  private static final int FIRST_CHOSEN = 3;

  private final int per100000;

  Quirk(int per100000) {
    this.per100000 = per100000;
  }

  /** The quirk of the invoice with this ordinal, from 0. */
  static Quirk of(long invoice, Random random) {
    long chosen = invoice - FIRST_CHOSEN;
    if (chosen >= 0 && chosen < ALL.length) {
      // NONE is left out, and the last one comes twice: by turns it has one country and the other.
      return ALL[(int) Math.min(chosen + 1, ALL.length - 1)];
    }
    int drawn = random.nextInt(100_000);
    for (Quirk quirk : ALL) {
      drawn -= quirk.per100000;
      if (drawn < 0) {
        return quirk;
      }
    }
    return NONE;
  }
}
