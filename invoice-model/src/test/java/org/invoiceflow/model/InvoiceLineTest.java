package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceLineTest {

  private static final InvoiceLine LINE =
      InvoiceLine.builder()
          .invoiceNo("536365")
          .lineNo(1)
          .stockCode("85123A")
          .quantity(6)
          .invoiceDate(DateFormat.ISO.parse("2010-12-01T08:26").orElseThrow())
          .unitPrice(new BigDecimal("2.5"))
          .customerId("17850")
          .build();

  @Test
  void the_same_content_written_otherwise_is_a_duplicate() {
    InvoiceLine same = LINE.toBuilder().unitPrice(new BigDecimal("2.500")).build();
    assertThat(same).isEqualTo(LINE).hasSameHashCodeAs(LINE);
    assertThat(same.contradicts(LINE)).isFalse();
    InvoiceLine guest = LINE.toBuilder().customerId("").build();
    assertThat(guest).isEqualTo(LINE.toBuilder().customerId(null).build()).isNotEqualTo(LINE);
  }

  @Test
  void the_file_of_a_line_is_neither_identity_nor_content() {
    InvoiceLine other = LINE.toBuilder().sourceFile("b.csv").build();
    assertThat(other).isEqualTo(LINE);
    assertThat(other.contradicts(LINE)).isFalse();
  }

  @Test
  void other_content_under_the_same_identity_contradicts() {
    for (InvoiceLine other :
        List.of(
            LINE.toBuilder().stockCode("85123a").build(),
            LINE.toBuilder().description("x").build(),
            LINE.toBuilder().quantity(7).build(),
            LINE.toBuilder().invoiceDate(LINE.invoiceDate().plusSeconds(1)).build(),
            LINE.toBuilder().unitPrice(new BigDecimal("2.51")).build(),
            LINE.toBuilder().customerId("").build(),
            LINE.toBuilder().country("EIRE").build())) {
      assertThat(other).isNotEqualTo(LINE);
      assertThat(other.contradicts(LINE)).isTrue();
    }
  }

  @Test
  void a_line_of_another_identity_contradicts_nothing() {
    assertThat(LINE.toBuilder().lineNo(2).build().contradicts(LINE)).isFalse();
    assertThat(LINE.toBuilder().invoiceNo("536366").build().contradicts(LINE)).isFalse();
  }

  @Test
  void the_amount_is_exact() {
    assertThat(LINE.toBuilder().unitPrice(new BigDecimal("0.001")).quantity(-3).build().amount())
        .isEqualByComparingTo("-0.003");
  }

  @ParameterizedTest
  @CsvSource({
    "2.500, 2.5",
    "100, 100",
    "1E+8, 100000000",
    "10.0, 10",
    "0E+5, 0",
    "0.000, 0",
    "-0.0, 0",
    "-1.10, -1.1"
  })
  void equal_decimals_have_one_canonical_form(BigDecimal value, String canonical) {
    assertThat(Decimals.canonical(value))
        .isEqualTo(new BigDecimal(canonical))
        .hasToString(canonical);
  }

  @Property
  void a_copy_is_the_same_line(@ForAll("lines") InvoiceLine line) {
    InvoiceLine copy = line.toBuilder().build();
    assertThat(copy).isEqualTo(line).hasToString(line.toString());
  }

  @Provide
  Arbitrary<InvoiceLine> lines() {
    return Arbitraries.lines();
  }
}
