package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.http.Events.request;
import static org.invoiceflow.query.FakeTables.failure;
import static org.invoiceflow.query.Views.line;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.Events;
import org.invoiceflow.http.OpenApiContract;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class QueryHandlerTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final String INVOICE = "/v1/invoices/{invoiceNo}";
  private static final String CUSTOMER = "/v1/customers/{customerId}";
  private static final String HISTORY = "/v1/customers/{customerId}/invoices";
  private static final LocalDateTime FIRST = LocalDateTime.of(2010, 12, 1, 8, 26);

  private final FakeTables tables = new FakeTables();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final QueryHandler handler =
      new QueryHandler(
          tables,
          FakeTables.INVOICES,
          FakeTables.CUSTOMERS,
          Access.DEFAULT,
          new PrintStream(log, true));

  /** Asks, and holds the answer to the contract whatever the test looks at. */
  private APIGatewayV2HTTPResponse get(String route, Events event) {
    APIGatewayV2HTTPResponse answer = handler.handleRequest(event.build(), null);
    CONTRACT.check("GET", route, answer);
    return answer;
  }

  private APIGatewayV2HTTPResponse get(String route, String path) {
    return get(route, request("GET", path));
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) {
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .readTree(answer.getBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String error(APIGatewayV2HTTPResponse answer) {
    return answer.getStatusCode() + " " + body(answer).get("error").asText();
  }

  private void putInvoice(String invoiceNo, String customerId, LocalDateTime date, int lines) {
    Views.put(
        tables,
        IntStream.rangeClosed(1, lines)
            .mapToObj(lineNo -> line(invoiceNo, lineNo, customerId, date))
            .toList());
  }

  @Test
  void an_invoice_is_its_summary_and_its_lines_as_they_were_sent() {
    InvoiceLine line = line("536365", 1);
    Views.put(tables, List.of(line));

    APIGatewayV2HTTPResponse answer = get(INVOICE, "/v1/invoices/536365");

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody())
        .isEqualTo(
            "{\"invoice_no\":\"536365\",\"customer_id\":\"17850\",\"country\":\"United Kingdom\","
                + "\"kind\":\"SALE\",\"date\":\"2010-12-01T08:26:00\",\"line_count\":1,\"units\":6,"
                + "\"total\":15.3072,\"items\":["
                + LineJson.toJson(line)
                + "]}");
  }

  @Test
  void the_lines_of_all_parts_and_pages_stand_in_the_order_of_line_no() {
    List<InvoiceLine> lines =
        new ArrayList<>(IntStream.rangeClosed(1, 1_114).mapToObj(n -> line("573585", n)).toList());
    Views.put(tables, lines);
    tables.pageSize(3);

    JsonNode answer = body(get(INVOICE, "/v1/invoices/573585"));

    assertThat(answer.get("items").findValues("LineNo").stream().map(JsonNode::asInt))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_114).boxed().toList());
    assertThat(answer.get("line_count").asInt()).isEqualTo(1_114);
    assertThat(answer.get("total").decimalValue()).isEqualByComparingTo("17052.2208");
    assertThat(tables.queries).hasSize(5).allMatch(query -> query.consistentRead());
  }

  @Test
  void an_invoice_whose_first_part_has_no_lines_of_its_own_is_whole() {
    Views.put(tables, List.of(line("536365", 250)));

    JsonNode answer = body(get(INVOICE, "/v1/invoices/536365"));

    assertThat(answer.get("items").findValuesAsText("LineNo")).containsExactly("250");
  }

  @Test
  void a_guests_invoice_names_no_customer() {
    Views.put(tables, List.of(line("536365", 1, "", FIRST)));

    assertThat(body(get(INVOICE, "/v1/invoices/536365")).has("customer_id")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"100000000, 100000000", "-0.0001, -0.0001", "0, 0", "1E+8, 100000000"})
  void money_is_written_exactly_and_without_an_exponent(String stored, String written) {
    InvoiceLine line = line("536365", 1);
    Views.put(
        tables, List.of(line.toBuilder().quantity(1).unitPrice(new BigDecimal(stored)).build()));

    assertThat(get(INVOICE, "/v1/invoices/536365").getBody())
        .contains("\"total\":" + written + ",")
        .contains("\"UnitPrice\":" + written + ",");
  }

  @Test
  void an_invoice_that_is_not_there_is_404() {
    assertThat(error(get(INVOICE, "/v1/invoices/536365"))).isEqualTo("404 no_such_invoice");
  }

  @Test
  void an_invoice_without_its_first_part_is_not_there_yet() {
    FakeTables other = new FakeTables();
    Views.put(other, List.of(line("536365", 250)));
    var query = Pages.ofPartition(FakeTables.INVOICES, "invoice_no", "536365").build();
    other.query(query).items().stream().skip(1).forEach(tables::putInvoicePart);

    assertThat(error(get(INVOICE, "/v1/invoices/536365"))).isEqualTo("404 no_such_invoice");
    assertThat(tables.queries).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "A B, /v1/invoices/A%20B",
    "a/b, /v1/invoices/a%2Fb",
    "a+b, /v1/invoices/a+b",
    "a+b, /v1/invoices/a%2Bb",
    "Ünïcode-é, /v1/invoices/%C3%9Cn%C3%AFcode-%C3%A9",
    "50%, /v1/invoices/50%25",
    "50%, /v1/invoices/50%",
    "C536379, /stage/v1/invoices/C536379"
  })
  void an_invoice_is_found_by_its_raw_path_whatever_its_number(String invoiceNo, String path) {
    Views.put(tables, List.of(line(invoiceNo, 1)));

    APIGatewayV2HTTPResponse answer = get(INVOICE, request("GET", path).stage("stage"));

    assertThat(body(answer).get("invoice_no").asText()).isEqualTo(invoiceNo);
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a/b",
    "a/b, a%2Fb",
    "A B, A B",
    "A B, A%20B",
    "a+b, a+b",
    "é, é",
    "x/invoices, x/invoices"
  })
  void an_identifier_that_the_gateway_has_cut_out_is_found_decoded_or_not(String id, String value) {
    Views.put(tables, List.of(line("536365", 1, id, FIRST)));
    Events event =
        request("GET", "/v1/customers/" + value).route("GET " + CUSTOMER, "customerId", value);

    assertThat(body(get(CUSTOMER, event)).get("customer_id").asText()).isEqualTo(id);
  }

  @Test
  void an_identifier_that_no_line_can_have_is_400() {
    for (String id : List.of("", "x".repeat(65), "%C3%A9".repeat(33), "a%00b")) {
      assertThat(error(get(INVOICE, "/v1/invoices/" + id))).isEqualTo("400 bad_identifier");
      assertThat(error(get(CUSTOMER, "/v1/customers/" + id))).isEqualTo("400 bad_identifier");
      assertThat(error(get(HISTORY, "/v1/customers/" + id + "/invoices")))
          .isEqualTo("400 bad_identifier");
    }
    assertThat(tables.queries).isEmpty();
  }

  @Test
  void a_customers_totals_are_the_sum_of_all_rows_of_all_pages() {
    putInvoice("536365", "17850", FIRST.plusDays(3), 3);
    putInvoice("C536366", "17850", FIRST, 2);
    putInvoice("A536367", "17850", FIRST.plusDays(9), 1);
    putInvoice("536368", "13047", FIRST.minusDays(9), 1);
    tables.pageSize(1);

    APIGatewayV2HTTPResponse answer = get(CUSTOMER, "/v1/customers/17850");

    assertThat(answer.getBody())
        .isEqualTo(
            "{\"customer_id\":\"17850\",\"invoices\":3,\"cancelled_invoices\":1,\"lines\":6,"
                + "\"units\":36,\"net_total\":91.8432,\"first_date\":\"2010-12-01T08:26:00\","
                + "\"last_date\":\"2010-12-10T08:26:00\"}");
    assertThat(tables.queries).hasSize(4).allMatch(query -> query.consistentRead());
  }

  @Test
  void a_customer_without_invoices_is_404() {
    assertThat(error(get(CUSTOMER, "/v1/customers/17850"))).isEqualTo("404 no_such_customer");
    assertThat(error(get(HISTORY, "/v1/customers/17850/invoices")))
        .isEqualTo("404 no_such_customer");
  }

  private List<String> walk(String customerId, int limit) {
    List<String> invoices = new ArrayList<>();
    String path = "/v1/customers/" + customerId + "/invoices";
    Events event = request("GET", path).query("limit", Integer.toString(limit));
    while (true) {
      JsonNode page = body(get(HISTORY, event));
      List<String> numbers = page.get("invoices").findValuesAsText("invoice_no");
      assertThat(numbers).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
      invoices.addAll(numbers);
      if (!page.has("next_cursor")) {
        return invoices;
      }
      assertThat(numbers).hasSize(limit);
      event =
          request("GET", path)
              .query("limit", Integer.toString(limit))
              .query("cursor", page.get("next_cursor").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 29, 30, 31, 100})
  void a_customers_invoices_come_newest_first_each_once_whatever_the_page(int limit) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      // Three invoices share each date.
      putInvoice("5363%02d".formatted(i), "17850", FIRST.plusDays(i / 3), 1);
      expected.add("5363%02d".formatted(i));
    }
    putInvoice("540000", "13047", FIRST.plusDays(99), 1);
    Collections.reverse(expected);
    tables.pageSize(7);

    assertThat(walk("17850", limit)).isEqualTo(expected);
    assertThat(tables.queries)
        .allMatch(query -> query.consistentRead() && query.indexName().equals("by_date"));
  }

  @Test
  void a_page_has_25_invoices_unless_another_limit_is_given() {
    for (int i = 0; i < 30; i++) {
      putInvoice("5363%02d".formatted(i), "17850", FIRST.plusDays(i), 1);
    }

    JsonNode page = body(get(HISTORY, "/v1/customers/17850/invoices"));

    assertThat(page.get("invoices")).hasSize(25);
    assertThat(page.get("customer_id").asText()).isEqualTo("17850");
    assertThat(page.at("/invoices/0/total").decimalValue()).isEqualByComparingTo("15.3072");
  }

  @Test
  void cursors_carry_identifiers_of_every_kind() {
    String customerId = "é/+ \"%\u0001";
    for (int i = 0; i < 3; i++) {
      putInvoice("A /+ö" + i, customerId, FIRST.plusDays(i), 1);
    }

    JsonNode page =
        body(
            get(
                HISTORY,
                request("GET", "/v1/customers/%C3%A9%2F+%20%22%25%01/invoices")
                    .query("limit", "2")));

    assertThat(page.get("invoices").findValuesAsText("invoice_no"))
        .containsExactly("A /+ö2", "A /+ö1");
    assertThat(page.get("next_cursor").asText()).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.parse(page.get("next_cursor").asText(), customerId))
        .contains(new Cursor(customerId, "2010-12-02T08:26:00", "A /+ö1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "", "x", "1.5", "1,2", "99999999999", "٣"})
  void a_limit_that_is_no_number_from_1_to_100_is_400(String limit) {
    putInvoice("536365", "17850", FIRST, 1);

    Events event = request("GET", "/v1/customers/17850/invoices").query("limit", limit);

    assertThat(error(get(HISTORY, event))).isEqualTo("400 bad_limit");
  }

  @Test
  void a_cursor_that_dynamodb_does_not_take_is_400() {
    tables.down(failure(400, "ValidationException"));
    String cursor = new Cursor("17850", "2010-12-01T08:26:00", "536365").toText();

    Events event = request("GET", "/v1/customers/17850/invoices").query("cursor", cursor);

    assertThat(error(get(HISTORY, event))).isEqualTo("400 bad_cursor");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/invoices/{invoiceNo}, /v1/invoices/536365",
    "/v1/customers/{customerId}, /v1/customers/17850",
    "/v1/customers/{customerId}/invoices, /v1/customers/17850/invoices"
  })
  void tables_that_throttle_are_429_and_tables_that_do_not_answer_are_503(
      String route, String path) {
    tables.down(failure(400, "ThrottlingException"));
    APIGatewayV2HTTPResponse throttled = get(route, path);
    assertThat(error(throttled)).isEqualTo("429 throttled");
    assertThat(throttled.getHeaders()).containsEntry("retry-after", "2");

    tables.down(SdkClientException.create("Connection refused"));
    assertThat(error(get(route, path))).isEqualTo("503 tables_unavailable");
    tables.down(failure(400, "ResourceNotFoundException"));
    assertThat(error(get(route, path))).isEqualTo("503 tables_unavailable");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("Connection refused");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/invoices/{invoiceNo}, /v1/invoices/536365",
    "/v1/customers/{customerId}, /v1/customers/17850",
    "/v1/customers/{customerId}/invoices, /v1/customers/17850/invoices"
  })
  void another_method_is_405(String route, String path) {
    APIGatewayV2HTTPResponse answer = get(route, request("DELETE", path));

    assertThat(error(answer)).isEqualTo("405 method_not_allowed");
    assertThat(answer.getHeaders()).containsEntry("allow", "GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/v1/invoices",
        "/v1/invoices/1/2",
        "/v1/customers/1/orders",
        "/v2/invoices/1"
      })
  void another_path_is_404(String path) {
    APIGatewayV2HTTPResponse answer = handler.handleRequest(request("GET", path).build(), null);

    CONTRACT.checkError(answer);
    assertThat(error(answer)).isEqualTo("404 no_such_path");
  }

  @Test
  void an_item_that_the_job_cannot_have_written_is_our_fault_and_is_logged() {
    InvoiceSummary summary = InvoiceSummary.of(List.of(line("536365", 1)));
    var row = Views.attributes(summary);
    row.remove("total");
    tables.putCustomerRow(row);

    APIGatewayV2HTTPResponse answer =
        handler.handleRequest(request("GET", "/v1/customers/17850").build(), null);

    CONTRACT.checkError(answer);
    assertThat(error(answer)).isEqualTo("500 internal_error");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("no readable attribute total");
  }

  @Test
  void a_request_leaves_one_log_line_that_names_no_customer() throws IOException {
    putInvoice("536365", "17850", FIRST, 1);
    get(CUSTOMER, "/v1/customers/17850");

    JsonNode line = new ObjectMapper().readTree(log.toString(StandardCharsets.UTF_8));
    assertThat(line.get("route").asText()).isEqualTo(CUSTOMER);
    assertThat(line.get("rows").asInt()).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("17850");
  }
}
