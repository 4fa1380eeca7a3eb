package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFormatTest {

  @ParameterizedTest
  @CsvSource({
    "ISO, 2010-12-01T08:26, 2010-12-01T08:26:00",
    "ISO, 2010-12-01T08:26:59, 2010-12-01T08:26:59",
    "ISO, 2010-12-01 08:26:00, 2010-12-01T08:26:00",
    "MONTH_FIRST, 12/1/2010 8:26, 2010-12-01T08:26:00",
    "MONTH_FIRST, 12/01/2010 08:26:07, 2010-12-01T08:26:07",
    "DAY_FIRST, 12/1/2010 8:26, 2010-01-12T08:26:00",
    "DAY_FIRST_DASHED, 01-12-2010 08:26, 2010-12-01T08:26:00",
    "MONTH_FIRST_DASHED, 12-1-2010 23:59, 2010-12-01T23:59:00",
    "ISO, 2012-02-29T00:00, 2012-02-29T00:00:00",
    "DAY_FIRST, 29/2/2000 0:00, 2000-02-29T00:00:00",
  })
  void a_date_of_the_form_is_read(DateFormat format, String text, LocalDateTime date) {
    assertThat(format.parse(text)).contains(date);
  }

  @ParameterizedTest
  @CsvSource({
    "ISO, 2010-12-1T08:26",
    "ISO, 2010-12-01T8:26",
    "ISO, 2010-12-01",
    "ISO, 2010-12-01T",
    "ISO, 2010-12-01T08:26:",
    "ISO, 2010-12-01T08:26:5",
    "ISO, 2010-12-01T08:26:00.000",
    "ISO, 2010-12-01T08:26Z",
    "ISO, 2010-12-01T08:26+01:00",
    "ISO, 2010-12-01t08:26",
    "ISO, 12010-12-01T08:26",
    "ISO, 2010/12/01T08:26",
    "ISO, 2010-13-01T08:26",
    "ISO, 2010-00-01T08:26",
    "ISO, 2010-04-31T08:26",
    "ISO, 1900-02-29T08:26",
    "ISO, 2010-12-01T24:00",
    "ISO, 2010-12-01T08:60",
    "ISO, 2010-12-01T08:26:60",
    "MONTH_FIRST, 13/1/2010 8:26",
    "MONTH_FIRST, 12/1/10 8:26",
    "MONTH_FIRST, 12/1/2010T8:26",
    "MONTH_FIRST, 12/1/2010  8:26",
    "MONTH_FIRST, 12/1/2010 8:6",
    "MONTH_FIRST, 123/1/2010 8:26",
    "MONTH_FIRST, 12-1-2010 8:26",
    "DAY_FIRST, 1/13/2010 8:26",
    "DAY_FIRST, 31/4/2010 8:26",
    "DAY_FIRST, -1/4/2010 8:26",
    "DAY_FIRST_DASHED, 2010-12-01 08:26",
    "MONTH_FIRST_DASHED, 13-12-2010 08:26",
  })
  void anything_else_is_no_date(DateFormat format, String text) {
    assertThat(format.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "/", "//", "T", ":", "\ud800", "1/1/2010 8:26 ", " 1/1/2010 8:26"})
  void scraps_are_no_date(String text) {
    for (DateFormat format : DateFormat.values()) {
      assertThat(format.parse(text)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(DateFormat.class)
  void the_pattern_shown_to_people_is_the_form_that_is_read(DateFormat format) {
    LocalDateTime date = LocalDateTime.of(2011, 3, 4, 5, 6, 7);
    String text = date.format(DateTimeFormatter.ofPattern(format.pattern().replace("T", "'T'")));
    assertThat(format.parse(text)).contains(date);
  }

  @Property
  void printed_dates_are_read_back(@ForAll("dates") LocalDateTime date) {
    assertThat(DateFormat.ISO.parse(LineJson.formatDate(date))).contains(date);
  }

  @Provide
  Arbitrary<LocalDateTime> dates() {
    return Arbitraries.dates();
  }
}
