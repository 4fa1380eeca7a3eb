package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InvoiceSummaryTest {

  private static final LocalDateTime EIGHT = LocalDateTime.of(2010, 12, 1, 8, 26);

  @Test
  void an_invoice_takes_its_values_from_its_lines() {
    InvoiceSummary summary =
        InvoiceSummary.of(
            List.of(
                line(7).quantity(-2).unitPrice(new BigDecimal("0.001")).country("France").build(),
                line(3).customerId("17850").country("EIRE").build(),
                line(5).invoiceDate(EIGHT.minusMinutes(1)).country("Spain").build()));
    assertThat(summary.invoiceNo()).isEqualTo("536365");
    assertThat(summary.kind()).isEqualTo(InvoiceKind.SALE);
    assertThat(summary.customerId()).contains("17850");
    assertThat(summary.country()).isEqualTo("EIRE");
    assertThat(summary.date()).isEqualTo(EIGHT.minusMinutes(1));
    assertThat(summary.lineCount()).isEqualTo(3);
    assertThat(summary.units()).isEqualTo(10);
    assertThat(summary.total()).isEqualTo(new BigDecimal("30.598"));
  }

  @Test
  void an_invoice_of_which_no_line_names_a_customer_is_a_guests() {
    assertThat(InvoiceSummary.of(List.of(line(1).build(), line(2).build())).customerId()).isEmpty();
  }

  @Test
  void units_and_totals_do_not_overflow() {
    List<InvoiceLine> lines = new ArrayList<>();
    for (int lineNo = 1; lineNo <= 1_000; lineNo++) {
      lines.add(
          line(lineNo)
              .quantity(Integer.MAX_VALUE)
              .unitPrice(new BigDecimal("999999999.9999"))
              .build());
    }
    InvoiceSummary summary = InvoiceSummary.of(lines);
    assertThat(summary.units()).isEqualTo(1_000L * Integer.MAX_VALUE);
    assertThat(summary.total())
        .isEqualByComparingTo(
            new BigDecimal("999999999.9999")
                .multiply(BigDecimal.valueOf(Integer.MAX_VALUE))
                .multiply(BigDecimal.valueOf(1_000)));
  }

  @Test
  void the_kind_is_read_from_the_first_letter() {
    assertThat(InvoiceKind.ofInvoiceNo("C536379")).isEqualTo(InvoiceKind.CANCELLATION);
    assertThat(InvoiceKind.ofInvoiceNo("A563185")).isEqualTo(InvoiceKind.ADJUSTMENT);
    assertThat(InvoiceKind.ofInvoiceNo("c536379")).isEqualTo(InvoiceKind.SALE);
    assertThat(InvoiceKind.ofInvoiceNo("536379C")).isEqualTo(InvoiceKind.SALE);
  }

  @Property
  void the_order_of_the_lines_does_not_matter(
      @ForAll("invoices") List<InvoiceLine> lines, @ForAll long seed) {
    List<InvoiceLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(seed));
    InvoiceSummary summary = InvoiceSummary.of(lines);
    assertThat(InvoiceSummary.of(shuffled)).isEqualTo(summary).hasSameHashCodeAs(summary);
    assertThat(InvoiceSummary.of(shuffled)).hasToString(summary.toString());
  }

  @Property
  void a_summary_that_was_stored_is_the_same(@ForAll("invoices") List<InvoiceLine> lines) {
    InvoiceSummary summary = InvoiceSummary.of(lines);
    assertThat(
            InvoiceSummary.stored(
                summary.invoiceNo(),
                summary.customerId(),
                summary.country(),
                summary.date(),
                summary.lineCount(),
                summary.units(),
                new BigDecimal(summary.total() + (summary.total().scale() == 0 ? ".0" : "0"))))
        .isEqualTo(summary);
  }

  @Provide
  Arbitrary<List<InvoiceLine>> invoices() {
    return Arbitraries.invoice();
  }

  private static InvoiceLine.Builder line(int lineNo) {
    return InvoiceLine.builder()
        .invoiceNo("536365")
        .lineNo(lineNo)
        .stockCode("85123A")
        .quantity(6)
        .invoiceDate(EIGHT)
        .unitPrice(new BigDecimal("2.55"));
  }
}
