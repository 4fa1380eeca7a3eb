package org.invoiceflow.local.stores;

import java.math.BigDecimal;
import org.invoiceflow.model.Decimals;

/** How exact amounts are printed. */
public final class Money {

  private static final int LEAST_DECIMALS = 3;

  private Money() {}

  /** Plain digits with at least three decimals and as many more as the exact value needs. */
  public static String text(BigDecimal amount) {
    BigDecimal exact = Decimals.canonical(amount);
    return exact.setScale(Math.max(LEAST_DECIMALS, exact.scale())).toPlainString();
  }
}
