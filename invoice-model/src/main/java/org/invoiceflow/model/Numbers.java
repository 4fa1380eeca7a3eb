package org.invoiceflow.model;

import java.math.BigDecimal;
import java.util.Optional;

/** Reads numbers from untrusted text without letting their size cost anything. */
final class Numbers {

  /** Longer texts are no price or quantity of any shop, and parsing them is quadratic. */
  private static final int MAX_DIGITS_READ = 100;

  private Numbers() {}

  /**
   * Whether the text is an optional sign and ASCII digits. Length is not limited: the caller checks
   * the range.
   */
  static boolean isWholeNumber(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (start == text.length()) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The exact value of a decimal with an optional exponent, as JSON writes numbers. Empty if the
   * text is anything else, such as thousands marks, hexadecimal or digits of other scripts.
   */
  static Optional<BigDecimal> parseDecimal(String text) {
    if (text.length() > MAX_DIGITS_READ) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * {@code |value| >= limit}, decided from precision and scale first: 1E+999999999 is never
   * expanded.
   */
  static boolean magnitudeAtLeast(BigDecimal value, BigDecimal limit) {
    if (value.signum() == 0) {
      return false;
    }
    long digitsBeforePoint = (long) value.precision() - value.scale();
    long limitDigits = (long) limit.precision() - limit.scale();
    if (digitsBeforePoint != limitDigits) {
      return digitsBeforePoint > limitDigits;
    }
    return value.abs().compareTo(limit) >= 0;
  }

  /** Number of decimals that the value needs; 0 for 2.000 and for 1E+3. */
  static long decimals(BigDecimal value) {
    return value.signum() == 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
