package org.invoiceflow.job.warehouse;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.model.InvoiceLine;

/** Lines for tests: line n is always the same one. */
final class Lines {

  static final int LINES_PER_INVOICE = 20;

  private Lines() {}

  static InvoiceLine line(long n) {
    long invoice = 500_000 + n / LINES_PER_INVOICE;
    return InvoiceLine.builder()
        .invoiceNo(Long.toString(invoice))
        .lineNo((int) (n % LINES_PER_INVOICE) + 1)
        .stockCode("8512" + n % 3_000)
        .description("WHITE HANGING HEART T-LIGHT HOLDER " + n % 4_000)
        .quantity((int) (n % 24) + 1)
        .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 26).plusMinutes(invoice % 500_000))
        .unitPrice(BigDecimal.valueOf(n % 5_000, 2))
        .customerId(n % 4 == 0 ? null : Long.toString(12_000 + invoice % 4_000))
        .country("United Kingdom")
        .sourceFile("online_retail.csv")
        .build();
  }

  /** Lines from (inclusive) to (exclusive). */
  static List<InvoiceLine> range(long from, long to) {
    List<InvoiceLine> lines = new ArrayList<>();
    for (long n = from; n < to; n++) {
      lines.add(line(n));
    }
    return lines;
  }
}
