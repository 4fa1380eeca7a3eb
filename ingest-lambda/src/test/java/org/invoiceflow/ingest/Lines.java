package org.invoiceflow.ingest;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/** Lines for tests. */
final class Lines {

  private Lines() {}

  static InvoiceLine line(String invoiceNo, int lineNo) {
    return line(invoiceNo, lineNo, "WHITE HANGING HEART T-LIGHT HOLDER");
  }

  static InvoiceLine line(String invoiceNo, int lineNo, String description) {
    return InvoiceLine.builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode("85123A")
        .description(description)
        .quantity(6)
        .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 26))
        .unitPrice(new BigDecimal("2.55"))
        .customerId("17850")
        .country("United Kingdom")
        .build();
  }

  /** Lines 1 to count of an invoice. */
  static List<InvoiceLine> lines(String invoiceNo, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(lineNo -> line(invoiceNo, lineNo)).toList();
  }

  static String json(InvoiceLine... lines) {
    return LineJson.toJsonArray(List.of(lines));
  }
}
