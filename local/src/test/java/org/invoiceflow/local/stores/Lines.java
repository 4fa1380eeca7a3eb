package org.invoiceflow.local.stores;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.invoiceflow.model.InvoiceLine;

/** Lines for tests. */
final class Lines {

  private Lines() {}

  /** A line of customer 17850, 2 units at 1.25. */
  static InvoiceLine line(String invoiceNo, int lineNo) {
    return InvoiceLine.builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode("85123A")
        .description("WHITE METAL LANTERN")
        .quantity(2)
        .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 26))
        .unitPrice(new BigDecimal("1.25"))
        .customerId("17850")
        .country("United Kingdom")
        .build();
  }
}
