package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.query.Api.CUSTOMER;
import static org.invoiceflow.query.Api.FIRST;
import static org.invoiceflow.query.Api.HISTORY;
import static org.invoiceflow.query.Api.ask;
import static org.invoiceflow.query.Api.body;
import static org.invoiceflow.query.Api.error;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.http.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A walk through a customer's history, whatever happens between two pages. */
class HistoryPagesTest {

  private final Api api = new Api();

  private JsonNode page(int limit, Optional<String> cursor) {
    Events event = ask(HISTORY, "17850").query("limit", Integer.toString(limit));
    cursor.ifPresent(text -> event.query("cursor", text));
    return body(api.get(HISTORY, event));
  }

  private static Optional<String> next(JsonNode page) {
    return Optional.ofNullable(page.get("next_cursor")).map(JsonNode::asText);
  }

  /** Walks, and does something after each page. */
  private List<String> walk(int limit, Runnable between) {
    List<String> numbers = new ArrayList<>();
    JsonNode page = page(limit, Optional.empty());
    while (true) {
      numbers.addAll(page.get("invoices").findValuesAsText("invoice_no"));
      Optional<String> cursor = next(page);
      if (cursor.isEmpty()) {
        return numbers;
      }
      between.run();
      page = page(limit, cursor);
    }
  }

  @Test
  void invoices_that_arrive_meanwhile_neither_repeat_nor_hide_one() {
    for (int i = 0; i < 9; i++) {
      api.put("A" + i, "17850", FIRST.plusDays(i), 1);
    }
    int[] added = {0};

    List<String> seen =
        walk(
            2,
            () -> {
              // A newer one, and one between those that were seen and those that were not.
              api.put("N" + added[0], "17850", FIRST.plusDays(100L + added[0]), 1);
              api.put("B" + added[0], "17850", FIRST.plusDays(8).minusHours(1), 1);
              added[0]++;
            });

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen.stream().filter(number -> number.startsWith("A")))
        .containsExactly("A8", "A7", "A6", "A5", "A4", "A3", "A2", "A1", "A0");
  }

  @Test
  void an_invoice_whose_date_becomes_earlier_is_not_passed_over() {
    for (int i = 0; i < 6; i++) {
      api.put("A" + i, "17850", FIRST.plusDays(i), 1);
    }

    List<String> seen =
        walk(
            2,
            () -> {
              api.tables.removeCustomerRow("17850", "A1");
              api.put("A1", "17850", FIRST.minusDays(1), 2);
            });

    assertThat(seen).contains("A5", "A4", "A3", "A2", "A1", "A0");
  }

  @Test
  void the_totals_are_the_sum_of_the_pages() {
    for (int i = 0; i < 30; i++) {
      api.put((i % 3 == 0 ? "C" : "") + i, "17850", FIRST.plusHours(i), 1 + i);
    }
    BigDecimal sum = BigDecimal.ZERO;
    long lines = 0;
    Optional<String> cursor = Optional.empty();
    do {
      JsonNode page = page(7, cursor);
      for (JsonNode invoice : page.get("invoices")) {
        sum = sum.add(invoice.get("total").decimalValue());
        lines += invoice.get("line_count").asLong();
      }
      cursor = next(page);
    } while (cursor.isPresent());

    JsonNode totals = body(api.get(CUSTOMER, "17850"));

    assertThat(totals.get("net_total").decimalValue()).isEqualByComparingTo(sum);
    assertThat(totals.get("lines").asLong()).isEqualTo(lines);
    assertThat(totals.get("invoices").asInt()).isEqualTo(30);
    assertThat(totals.get("cancelled_invoices").asInt()).isEqualTo(10);
  }

  @Test
  void a_cursor_with_any_letter_altered_cut_off_or_added_is_400() {
    api.put("A1", "17850", FIRST, 1);
    api.put("A2", "17850", FIRST, 1);
    String cursor = next(page(1, Optional.empty())).orElseThrow();
    assertThat(page(1, Optional.of(cursor)).get("invoices")).hasSize(1);
    List<String> altered = new ArrayList<>(List.of(cursor + "A", cursor + "=", cursor + " "));
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'B' ? 'C' : 'B';
      altered.add(cursor.substring(0, i) + other + cursor.substring(i + 1));
      altered.add(cursor.substring(0, i));
    }

    for (String text : altered) {
      Events event = ask(HISTORY, "17850").query("cursor", text);
      assertThat(error(api.get(HISTORY, event))).as(text).isEqualTo("400 bad_cursor");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13047|2010-12-01T08:26:00|1",
        "17850|yesterday|1",
        "17850|2010-12-01T08:26|1",
        "17850|2010-02-30T08:26:00|1",
        "17850|2010-12-01T08:26:00|",
        "17850|2010-12-01T08:26:00",
        "17850|2010-12-01T08:26:00|1|2",
      })
  void a_cursor_that_was_not_given_for_this_customer_is_400(String fields) {
    api.put("536365", "17850", FIRST, 1);
    String cursor = OpaqueText.seal(List.of(fields.split("\\|", -1)));

    Events event = ask(HISTORY, "17850").query("cursor", cursor);

    assertThat(error(api.get(HISTORY, event))).isEqualTo("400 bad_cursor");
    assertThat(api.tables.queries).isEmpty();
  }

  @Test
  void a_cursor_that_is_no_base64_or_too_long_is_400() {
    for (String cursor : List.of("", "*", "A", "A".repeat(100_000), "{}")) {
      Events event = ask(HISTORY, "17850").query("cursor", cursor);
      assertThat(error(api.get(HISTORY, event))).isEqualTo("400 bad_cursor");
    }
  }
}
