package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDialectTest {

  private static final String TEXT =
      "csv;charset=windows-1252;separator=semicolon;date=day-first-dashed;customer=point-zero;"
          + "columns=InvoiceNo,,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,"
          + "Country,,";

  @Test
  void the_text_form_lies_in_raw_and_must_never_change() {
    CsvDialect dialect = CsvDialect.parse(TEXT);
    assertThat(dialect.charset()).isEqualTo(Charset.forName("windows-1252"));
    assertThat(dialect.separator()).isEqualTo(';');
    assertThat(dialect.dateFormat()).isEqualTo(DateFormat.DAY_FIRST_DASHED);
    assertThat(dialect.decimalCustomers()).isTrue();
    assertThat(dialect.columns()).hasSize(11).startsWith("InvoiceNo", "").endsWith("", "");
    assertThat(dialect).hasToString(TEXT);
  }

  @Test
  void every_date_format_has_a_name_that_reads_back() {
    for (DateFormat format : DateFormat.values()) {
      assertThat(DateFormat.ofOption(format.optionName())).contains(format);
    }
    assertThat(DateFormat.ofOption("Month-First")).contains(DateFormat.MONTH_FIRST);
    assertThat(DateFormat.ofOption("tomorrow")).isEmpty();
    assertThat(List.of(DateFormat.values()))
        .extracting(DateFormat::optionName)
        .startsWith("iso", "month-first", "day-first");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "json",
        "csv;",
        "csv;charset=UTF-8",
        "csv;charset=UTF-8;separator=comma;date=iso;customer=plain;columns=InvoiceNo",
      })
  void other_text_is_no_dialect(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> CsvDialect.parse(text));
  }

  @Test
  void a_single_wrong_word_is_no_dialect() {
    for (String[] change :
        new String[][] {
          {"windows-1252", "klingon"},
          {"windows-1252", "no such name!"},
          {"windows-1252", "UTF-16"},
          {"semicolon", "0x22"},
          {"semicolon", "dot"},
          {"day-first-dashed", "soon"},
          {"point-zero", "maybe"},
          {"Country", "Land"},
          {"StockCode", "InvoiceNo"},
          {"customer=", "client="},
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CsvDialect.parse(TEXT.replace(change[0], change[1])));
    }
  }
}
