package org.invoiceflow.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodingTest {

  @ParameterizedTest
  @CsvSource({
    "536365, 536365",
    "A%20B, A B",
    "a%2Fb, a/b",
    "a%2fb, a/b",
    "a+b, a+b",
    "a%2Bb, a+b",
    "%C3%A9t%C3%A9, été",
    "été%20, 'été '",
    "%F0%9F%98%80, \uD83D\uDE00",
    "100%25, 100%",
    "%2541, %41"
  })
  void percent_encoded_utf8_is_decoded_and_a_plus_stays(String sent, String decoded) {
    assertThat(PercentCoding.decode(sent)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"50%", "%", "%4", "%zz", "%+1", "%C3", "%FF", "%C3%28", "a%2Fb%"})
  void text_that_is_no_percent_encoded_utf8_stands_for_itself(String text) {
    assertThat(PercentCoding.decode(text)).isEqualTo(text);
  }
}
