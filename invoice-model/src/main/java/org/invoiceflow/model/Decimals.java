package org.invoiceflow.model;

import java.math.BigDecimal;

/** The one way in which exact decimals are normalised and printed. */
public final class Decimals {

  private Decimals() {}

  /**
   * The same value without trailing zeros and with a scale of at least 0, so that equal values are
   * {@code equals}.
   */
  public static BigDecimal canonical(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (value.scale() == 0) {
      return value;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
