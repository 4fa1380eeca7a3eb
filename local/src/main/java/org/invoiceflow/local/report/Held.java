package org.invoiceflow.local.report;

import java.math.BigDecimal;

/**
 * What a store holds.
 *
 * @param lines number of lines
 * @param total exact sum of quantity × unit price
 */
public record Held(long lines, BigDecimal total) {

  Held plus(Held other) {
    return new Held(lines + other.lines, total.add(other.total));
  }

  boolean sameTotal(Held other) {
    return total.compareTo(other.total) == 0;
  }
}
