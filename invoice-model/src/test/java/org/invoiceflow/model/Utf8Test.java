package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Utf8Test {

  private static final InvoiceLine.Builder LINE =
      InvoiceLine.builder()
          .invoiceNo("1")
          .stockCode("1")
          .invoiceDate(RandomLines.EARLIEST)
          .unitPrice(BigDecimal.ONE);

  @Property
  void the_length_is_that_of_the_encoded_text(@ForAll("texts") String text) {
    assertThat(Utf8.lengthOf(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Property
  void text_that_utf_8_cannot_hold_has_no_length(@ForAll String any) {
    boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(any);
    boolean storable = encodable && any.indexOf('\0') < 0;
    assertThat(Utf8.lengthOf(any) != Utf8.NOT_STORABLE).isEqualTo(storable);
  }

  @Property
  void the_length_within_json_is_that_of_the_encoded_json(@ForAll("texts") String text) {
    String json = LineJson.toJson(LINE.description(text).build());
    String without = LineJson.toJson(LINE.description("").build());
    assertThat(without.length() + Utf8.escapedLengthOf(text))
        .isEqualTo(json.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void every_control_character_has_its_length_within_json() {
    for (char c = 1; c <= '\u00ff'; c++) {
      the_length_within_json_is_that_of_the_encoded_json(String.valueOf(c));
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.text(1_000);
  }
}
