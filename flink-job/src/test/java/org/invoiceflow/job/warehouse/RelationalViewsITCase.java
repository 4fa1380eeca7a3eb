package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views customer, invoice, stock and invoice_stock over hand-made lines. */
class RelationalViewsITCase {

  private static final LocalDateTime DAY_1 = LocalDateTime.of(2011, 1, 1, 8, 0);
  private static final LocalDateTime DAY_2 = DAY_1.plusDays(1);

  @TempDir Path staging;

  private final List<InvoiceLine> lines = new ArrayList<>();
  private WarehouseDatabase database;

  @BeforeEach
  void emptyDatabase() throws Exception {
    database = WarehouseDatabase.create();
  }

  @Test
  void an_invoice_has_the_customer_of_any_line_the_earliest_date_and_the_lowest_lines_country()
      throws Exception {
    add("1", 7, line -> line.customerId("c").country("EIRE").invoiceDate(DAY_1));
    add("1", 2, line -> line.customerId(null).country("France").invoiceDate(DAY_2));
    add("1", 10, line -> line.customerId(null).country("Spain").invoiceDate(DAY_2));
    assertThat(rows("SELECT customer_id, invoice_date, country, kind, line_count FROM invoice"))
        .containsExactly("c|2011-01-01 08:00:00|France|SALE|3");
  }

  @Test
  void a_guests_invoice_is_no_customers() throws Exception {
    add("1", 1, line -> line.customerId(null));
    assertThat(rows("SELECT invoice_no, customer_id FROM invoice")).containsExactly("1|");
    assertThat(rows("SELECT customer_id FROM customer")).isEmpty();
  }

  @Test
  void the_number_tells_the_kind() throws Exception {
    add("C1", 1, line -> line);
    add("A1", 1, line -> line);
    add("c1", 1, line -> line);
    add("1C", 1, line -> line);
    assertThat(rows("SELECT invoice_no, kind FROM invoice ORDER BY invoice_no"))
        .containsExactlyInAnyOrder("C1|CANCELLATION", "A1|ADJUSTMENT", "c1|SALE", "1C|SALE");
  }

  @Test
  void money_is_exact_up_to_the_extremes() throws Exception {
    BigDecimal price = new BigDecimal("999999999.9999");
    for (int lineNo = 1; lineNo <= 300; lineNo++) {
      add("1", lineNo, line -> line.quantity(Integer.MAX_VALUE).unitPrice(price));
    }
    add("2", 1, line -> line.quantity(3).unitPrice(new BigDecimal("0.0001")));
    BigDecimal one = price.multiply(BigDecimal.valueOf(Integer.MAX_VALUE));
    assertThat(rows("SELECT total, units FROM invoice ORDER BY invoice_no"))
        .containsExactly(
            one.multiply(BigDecimal.valueOf(300)) + "|" + 300L * Integer.MAX_VALUE, "0.0003|3");
    assertThat(rows("SELECT total FROM customer"))
        .containsExactly(
            one.multiply(BigDecimal.valueOf(300)).add(new BigDecimal("0.0003")).toString());
  }

  @Test
  void a_customers_country_is_that_of_the_latest_invoice() throws Exception {
    add("3", 1, line -> line.country("EIRE").invoiceDate(DAY_1));
    add("1", 1, line -> line.country("Spain").invoiceDate(DAY_2));
    add("C2", 1, line -> line.country("EIRE").invoiceDate(DAY_1).quantity(-1));
    assertThat(
            rows("SELECT country, invoices, cancelled_invoices, line_count, units FROM customer"))
        .containsExactly("Spain|3|1|3|1");
  }

  @Test
  void of_two_latest_invoices_the_greater_number_gives_the_country() throws Exception {
    add("1", 1, line -> line.country("Spain"));
    add("2", 1, line -> line.country("EIRE"));
    assertThat(rows("SELECT country FROM customer")).containsExactly("EIRE");
  }

  @Test
  void a_stocks_name_is_the_description_that_it_has_most_often_but_not_the_empty_one()
      throws Exception {
    add("1", 1, line -> line.description(""));
    add("1", 2, line -> line.description(""));
    add("1", 3, line -> line.description(""));
    add("1", 4, line -> line.description("LAMP").invoiceDate(DAY_1));
    add("1", 5, line -> line.description("LAMP").invoiceDate(DAY_1));
    add("1", 6, line -> line.description("check").invoiceDate(DAY_2));
    assertThat(rows("SELECT stock_code, name FROM stock")).containsExactly("s|LAMP");
  }

  @Test
  void of_names_that_are_as_frequent_the_one_used_last_wins() throws Exception {
    add("1", 1, line -> line.description("A").invoiceDate(DAY_1));
    add("1", 2, line -> line.description("A").invoiceDate(DAY_1));
    add("1", 3, line -> line.description("B").invoiceDate(DAY_1));
    add("1", 4, line -> line.description("B").invoiceDate(DAY_2));
    add("1", 5, line -> line.description("C").invoiceDate(DAY_2));
    assertThat(rows("SELECT name FROM stock")).containsExactly("B");
  }

  @Test
  void a_stock_that_is_never_described_has_no_name() throws Exception {
    add("1", 1, line -> line.description(""));
    assertThat(rows("SELECT stock_code, name FROM stock")).containsExactly("s|");
  }

  @Test
  void codes_and_descriptions_that_differ_in_case_or_blanks_are_different() throws Exception {
    add("1", 1, line -> line.stockCode("85123A").description("x "));
    add("1", 2, line -> line.stockCode("85123a").description("x"));
    add("1", 3, line -> line.stockCode("85123a ").description("y"));
    assertThat(rows("SELECT stock_code, name FROM stock"))
        .containsExactlyInAnyOrder("85123A|x ", "85123a|x", "85123a |y");
  }

  @Test
  void a_code_on_several_lines_of_an_invoice_is_one_row_with_their_sum() throws Exception {
    add("1", 1, line -> line.stockCode("a").quantity(2).unitPrice(new BigDecimal("1.05")));
    add("1", 2, line -> line.stockCode("b").quantity(1).unitPrice(new BigDecimal("9")));
    add("1", 3, line -> line.stockCode("a").quantity(-1).unitPrice(new BigDecimal("0.001")));
    add("2", 1, line -> line.stockCode("a").quantity(5).unitPrice(new BigDecimal("1")));
    assertThat(rows("SELECT invoice_no, stock_code, line_count, units, total FROM invoice_stock"))
        .containsExactlyInAnyOrder("1|a|2|1|2.0990", "1|b|1|1|9.0000", "2|a|1|5|5.0000");
  }

  private interface Change {
    InvoiceLine.Builder apply(InvoiceLine.Builder line);
  }

  private void add(String invoiceNo, int lineNo, Change change) {
    InvoiceLine.Builder line =
        InvoiceLine.builder()
            .invoiceNo(invoiceNo)
            .lineNo(lineNo)
            .stockCode("s")
            .description("d")
            .quantity(1)
            .invoiceDate(DAY_1)
            .unitPrice(BigDecimal.ONE)
            .customerId("c")
            .country("EIRE");
    lines.add(change.apply(line).build());
  }

  /** Loads the lines and asks; a row is its values between bars. */
  private List<String> rows(String sql) throws Exception {
    WarehouseSettings settings = database.settings(staging);
    new LoadTransaction(
            settings, WarehouseConnections.of(settings), BulkLoad.forUrl(settings.url()))
        .run(Staging.load(staging, lines));
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.open()) {
      for (List<String> row : new JdbcSession(connection).query(sql)) {
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }
}
