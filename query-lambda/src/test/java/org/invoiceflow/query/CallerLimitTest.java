package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.query.Api.CUSTOMER;
import static org.invoiceflow.query.Api.FIRST;
import static org.invoiceflow.query.Api.HISTORY;
import static org.invoiceflow.query.Api.INVOICE;
import static org.invoiceflow.query.Api.ROUTES;
import static org.invoiceflow.query.Api.ask;
import static org.invoiceflow.query.Api.error;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.Map;
import org.invoiceflow.http.Events;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may read, by the claims of the token. */
class CallerLimitTest {

  private static final Map<String, String> OWN =
      Map.of(INVOICE, "536365", CUSTOMER, "17850", HISTORY, "17850");
  private static final Map<String, String> OTHERS =
      Map.of(INVOICE, "540000", CUSTOMER, "13047", HISTORY, "13047");
  private static final Map<String, String> ABSENT =
      Map.of(INVOICE, "999999", CUSTOMER, "99999", HISTORY, "99999");

  private final Api api = new Api();

  @BeforeEach
  void put() {
    api.put("536365", "17850", FIRST, 2);
    api.put("540000", "13047", FIRST, 2);
    api.put("550000", "", FIRST, 1);
  }

  @Test
  void a_customer_reads_what_is_theirs() {
    for (String route : ROUTES) {
      Events event = ask(route, OWN.get(route)).claim("customer_id", "17850");
      assertThat(api.get(route, event).getBody())
          .isEqualTo(api.get(route, OWN.get(route)).getBody())
          .contains("\"customer_id\":\"17850\"");
    }
  }

  @Test
  void what_is_not_theirs_looks_as_if_it_were_not_there() {
    for (String route : ROUTES) {
      APIGatewayV2HTTPResponse others =
          api.get(route, ask(route, OTHERS.get(route)).claim("customer_id", "17850"));
      APIGatewayV2HTTPResponse absent =
          api.get(route, ask(route, ABSENT.get(route)).claim("customer_id", "17850"));
      assertThat(others.getStatusCode()).isEqualTo(404);
      assertThat(others.getBody()).isEqualTo(absent.getBody());
      assertThat(others.getHeaders()).isEqualTo(absent.getHeaders());
    }
  }

  @Test
  void a_guests_invoice_is_no_customers() {
    assertThat(error(api.get(INVOICE, ask(INVOICE, "550000").claim("customer_id", "17850"))))
        .isEqualTo("404 no_such_invoice");
    assertThat(api.get(INVOICE, "550000").getStatusCode()).isEqualTo(200);
  }

  @Test
  void what_is_not_theirs_is_not_even_told_by_its_entity_tag_or_a_bad_cursor() {
    String tag = api.get(INVOICE, "540000").getHeaders().get("etag");

    assertThat(
            error(
                api.get(
                    INVOICE,
                    ask(INVOICE, "540000")
                        .header("if-none-match", tag)
                        .claim("customer_id", "17850"))))
        .isEqualTo("404 no_such_invoice");
    assertThat(
            error(
                api.get(
                    HISTORY,
                    ask(HISTORY, "13047").query("cursor", "x").claim("customer_id", "17850"))))
        .isEqualTo("404 no_such_customer");
  }

  @Test
  void a_bad_cursor_tells_nothing_of_an_invoice_since_it_is_judged_before_the_read() {
    for (String invoiceNo : List.of("536365", "540000", "999999")) {
      Events event = ask(INVOICE, invoiceNo).query("cursor", "x").claim("customer_id", "17850");
      assertThat(error(api.get(INVOICE, event))).as(invoiceNo).isEqualTo("400 bad_cursor");
    }
    assertThat(api.tables.queries).isEmpty();
    String others = new PartCursor("540000", "0001").toText();
    Events event = ask(INVOICE, "540000").query("cursor", others).claim("customer_id", "17850");
    assertThat(error(api.get(INVOICE, event))).isEqualTo("404 no_such_invoice");
  }

  @Test
  void a_number_is_handed_over_by_its_digits_and_other_ways_to_write_it_are_other_ids() {
    assertThat(read("customer_id", "17850")).isEqualTo(200);
    for (String value : List.of("17850.0", "1.785e+04", "017850", " 17850", "17850 ", "null")) {
      assertThat(read("customer_id", value)).as(value).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[17850]", "[17850 13047]", "[]"})
  void a_claim_that_is_not_one_customers_id_is_refused(String value) {
    for (String route : ROUTES) {
      assertThat(error(api.get(route, ask(route, OWN.get(route)).claim("customer_id", value))))
          .isEqualTo("403 no_access");
    }
    assertThat(read("customer_id", null)).isEqualTo(403);
    assertThat(api.tables.queries).isEmpty();
  }

  @Test
  void a_token_without_claims_of_ours_is_refused_whatever_it_asks_for() {
    for (String route : ROUTES) {
      assertThat(error(api.get(route, ask(route, OWN.get(route)).token())))
          .isEqualTo("403 no_access");
      assertThat(error(api.get(route, ask(route, ABSENT.get(route)).claim("sub", "someone"))))
          .isEqualTo("403 no_access");
    }
    assertThat(api.tables.queries).isEmpty();
  }

  @Test
  void staff_read_everything() {
    for (String groups : List.of("staff", "[staff]", "[buyers staff]", "buyers staff")) {
      assertThat(read("cognito:groups", groups)).as(groups).isEqualTo(200);
    }
    // A known limit: the text does not say whether this is one group or two.
    assertThat(read("cognito:groups", "[Temporary staff]")).isEqualTo(200);
    for (String groups : List.of("", "[]", "[staffer]", "not-staff", "[staff,buyers]", "STAFF")) {
      assertThat(read("cognito:groups", groups)).as(groups).isEqualTo(403);
    }
  }

  @Test
  void staff_who_are_also_a_customer_are_limited_to_what_is_the_customers() {
    Events event = ask(CUSTOMER, "13047").claim("cognito:groups", "[staff]");

    assertThat(api.get(CUSTOMER, event.claim("customer_id", "17850")).getStatusCode())
        .isEqualTo(404);
  }

  @Test
  void without_a_token_nothing_is_limited() {
    for (String route : ROUTES) {
      for (String id : List.of(OWN.get(route), OTHERS.get(route))) {
        assertThat(api.get(route, ask(route, id)).getStatusCode()).isEqualTo(200);
        assertThat(api.get(route, ask(route, id).iam()).getStatusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_customers_pages_go_on_by_their_cursor() {
    api.put("536366", "17850", FIRST.plusDays(1), 1);
    Events first = ask(HISTORY, "17850").query("limit", "1").claim("customer_id", "17850");
    String cursor = Api.body(api.get(HISTORY, first)).get("next_cursor").asText();

    Events next = ask(HISTORY, "17850").query("cursor", cursor).claim("customer_id", "17850");

    assertThat(Api.body(api.get(HISTORY, next)).findValuesAsText("invoice_no"))
        .containsExactly("536365");
  }

  private int read(String claim, String value) {
    return api.get(CUSTOMER, ask(CUSTOMER, "17850").claim(claim, value)).getStatusCode();
  }
}
