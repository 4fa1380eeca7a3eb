package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoicePartsTest {

  /** DynamoDB's limit for one item. */
  private static final int MAX_ITEM_BYTES = 400 * 1024;

  @ParameterizedTest
  @CsvSource({"1,1,0001", "100,1,0001", "101,2,0002", "200,2,0002", "999900,9999,9999"})
  void a_line_lies_in_the_part_of_its_hundred(int lineNo, int part, String key) {
    assertThat(InvoiceParts.partOf(lineNo)).isEqualTo(part);
    assertThat(InvoiceParts.key(part)).isEqualTo(key);
  }

  @Test
  void the_order_of_keys_is_the_order_of_parts() {
    for (int part = 2; part <= 9_999; part++) {
      assertThat(InvoiceParts.key(part)).isGreaterThan(InvoiceParts.key(part - 1)).hasSize(4);
    }
  }

  @Test
  void no_part_of_the_largest_lines_reaches_the_limit_of_an_item() {
    // Part 0001 also names all parts, at most 9,999 keys of four bytes, and holds the summary.
    int besides = 9_999 * 5 + 1_000;
    for (InvoiceLine extreme : Arbitraries.extremeLines()) {
      String part = LineJson.toJsonArray(Collections.nCopies(InvoiceParts.LINES_PER_PART, extreme));
      int bytes = part.getBytes(StandardCharsets.UTF_8).length;
      assertThat(bytes + besides).as(part.substring(0, 40)).isLessThan(MAX_ITEM_BYTES);
    }
  }
}
