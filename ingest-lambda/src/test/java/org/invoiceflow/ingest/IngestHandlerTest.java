package org.invoiceflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.http.Events.request;
import static org.invoiceflow.http.Events.utf8;
import static org.invoiceflow.ingest.FakeStream.THROTTLED;
import static org.invoiceflow.ingest.FakeStream.failure;
import static org.invoiceflow.ingest.Lines.json;
import static org.invoiceflow.ingest.Lines.line;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.Events;
import org.invoiceflow.http.MetricRules;
import org.invoiceflow.http.OpenApiContract;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class IngestHandlerTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final String LINES = "/v1/invoice-lines";
  private static final String BAD_LINE = "{\"InvoiceNo\":\"536365\",\"Quantity\":\"six\"}";

  private static final Access ACCESS = Access.of(Map.of("STAFF_CLAIM", "scope=invoiceflow/staff"));

  private final FakeStream stream = new FakeStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final IngestHandler handler =
      new IngestHandler(stream, "lines", ACCESS, new FakeWaiting(), new PrintStream(log, true));

  /** Posts, and holds the answer to the contract whatever the test looks at. */
  private APIGatewayV2HTTPResponse post(Events event) {
    APIGatewayV2HTTPResponse answer = handler.handleRequest(event.build(), null);
    CONTRACT.check("POST", LINES, answer);
    return answer;
  }

  private APIGatewayV2HTTPResponse post(String body) {
    return post(request("POST", LINES).body(body));
  }

  private static JsonNode body(APIGatewayV2HTTPResponse answer) {
    try {
      return new ObjectMapper().readTree(answer.getBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String error(APIGatewayV2HTTPResponse answer) {
    return answer.getStatusCode() + " " + body(answer).get("error").asText();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void good_lines_are_accepted_and_stand_in_the_stream_by_invoice() {
    APIGatewayV2HTTPResponse answer =
        post(json(line("536365", 1), line("536366", 1), line("536365", 2)));

    assertThat(answer.getStatusCode()).isEqualTo(202);
    assertThat(answer.getBody()).isEqualTo("{\"accepted\":3,\"rejected\":[]}");
    assertThat(stream.storedKeys()).containsExactly("536365", "536366");
    assertThat(stream.storedLines())
        .containsExactly(line("536365", 1), line("536365", 2), line("536366", 1));
  }

  @Test
  void a_single_object_is_one_line() {
    assertThat(post(LineJson.toJson(line("536365", 1))).getBody())
        .isEqualTo("{\"accepted\":1,\"rejected\":[]}");
  }

  @Test
  void a_bad_line_is_named_with_every_rule_it_breaks_and_the_good_ones_go_through() {
    APIGatewayV2HTTPResponse answer =
        post("[" + LineJson.toJson(line("536365", 1)) + "," + BAD_LINE + ",7]");

    assertThat(answer.getStatusCode()).isEqualTo(202);
    JsonNode rejected = body(answer).get("rejected");
    assertThat(rejected.findValuesAsText("index")).containsExactly("1", "2");
    assertThat(rejected.get(0).findValuesAsText("field"))
        .containsExactly("LineNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice");
    assertThat(rejected.get(0).findValuesAsText("rule")).contains("MISSING", "NOT_A_NUMBER");
    assertThat(rejected.get(1).findValuesAsText("rule")).containsExactly("WRONG_TYPE");
    assertThat(stream.storedLines()).containsExactly(line("536365", 1));
  }

  @Test
  void a_line_without_line_no_is_rejected_with_the_way_out() {
    assertThat(post(BAD_LINE).getBody()).contains("number the lines of each invoice from 1");
  }

  @Test
  void only_bad_lines_are_422_and_nothing_is_written() {
    APIGatewayV2HTTPResponse answer = post("[" + BAD_LINE + "," + BAD_LINE + "]");

    assertThat(answer.getStatusCode()).isEqualTo(422);
    assertThat(body(answer).get("accepted").asInt()).isZero();
    assertThat(body(answer).get("rejected")).hasSize(2);
    assertThat(stream.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "[",
        "{",
        "null",
        "true",
        "7",
        "\"text\"",
        "a,b",
        "{}{}",
        "[{}] x",
        "\uD800"
      })
  void a_text_that_is_no_row_json_is_400(String text) {
    assertThat(error(post(text))).isEqualTo("400 unreadable_body");
    assertThat(stream.calls).isEmpty();
  }

  @Test
  void a_missing_body_is_400() {
    assertThat(error(post(request("POST", LINES)))).isEqualTo("400 unreadable_body");
  }

  @Test
  void bytes_that_are_not_utf8_are_400() {
    assertThat(error(post(request("POST", LINES).body(new byte[] {'[', (byte) 0xA3, ']'}))))
        .isEqualTo("400 unreadable_body");
    byte[] utf16 = json(line("536365", 1)).getBytes(StandardCharsets.UTF_16LE);
    assertThat(error(post(request("POST", LINES).body(utf16)))).isEqualTo("400 unreadable_body");
  }

  @Test
  void broken_base64_is_400() {
    assertThat(error(post(request("POST", LINES).brokenBase64("%%%"))))
        .isEqualTo("400 unreadable_body");
  }

  @Test
  void a_body_in_base64_is_read() {
    byte[] body = utf8(json(line("536365", 1, "Gift Voucher £20.00")));

    assertThat(post(request("POST", LINES).body(body)).getStatusCode()).isEqualTo(202);
    assertThat(stream.storedLines()).containsExactly(line("536365", 1, "Gift Voucher £20.00"));
  }

  @Test
  void a_body_compressed_by_gzip_is_read() {
    Events event =
        request("POST", LINES)
            .header("Content-Encoding", "GZIP")
            .body(gzip(utf8(json(line("536365", 1)))));

    assertThat(post(event).getStatusCode()).isEqualTo(202);
  }

  @Test
  void broken_gzip_is_400() {
    byte[] whole = gzip(utf8(json(line("536365", 1))));
    byte[] cut = Arrays.copyOf(whole, whole.length - 10);
    for (byte[] body : List.of(cut, utf8("[]"), new byte[0])) {
      Events event = request("POST", LINES).header("content-encoding", "gzip").body(body);
      assertThat(error(post(event))).isEqualTo("400 unreadable_body");
    }
  }

  @Test
  void a_content_encoding_that_is_not_known_is_400() {
    Events event = request("POST", LINES).header("content-encoding", "br").body("[]");

    assertThat(error(post(event))).isEqualTo("400 unreadable_body");
  }

  @Test
  void exactly_one_megabyte_is_read_and_a_byte_more_is_413() {
    String line = json(line("536365", 1));
    String padded = line + " ".repeat(RequestBody.MAX_BYTES - line.length());

    assertThat(post(padded).getStatusCode()).isEqualTo(202);
    assertThat(error(post(padded + " "))).isEqualTo("413 body_too_large");
  }

  @Test
  void a_small_body_that_unpacks_to_more_than_a_megabyte_is_413() {
    byte[] bomb = gzip(new byte[64 * 1024 * 1024]);
    Events event = request("POST", LINES).header("content-encoding", "gzip").body(bomb);

    assertThat(error(post(event))).isEqualTo("413 body_too_large");
  }

  @Test
  void exactly_500_lines_are_accepted_and_one_more_is_413() {
    List<InvoiceLine> lines = Lines.lines("536365", 501);

    assertThat(post(LineJson.toJsonArray(lines.subList(0, 500))).getBody())
        .isEqualTo("{\"accepted\":500,\"rejected\":[]}");
    stream.stored.clear();
    assertThat(error(post(LineJson.toJsonArray(lines)))).isEqualTo("413 too_many_lines");
    assertThat(stream.stored).isEmpty();
  }

  @Test
  void a_megabyte_of_elements_that_are_no_lines_is_413() {
    assertThat(error(post("[" + "1,".repeat(400_000) + "1]"))).isEqualTo("413 too_many_lines");
  }

  @Test
  void a_line_of_very_many_unknown_fields_is_answered_in_short() {
    String fields =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "\"f" + i + "\":1")
            .collect(Collectors.joining(","));

    APIGatewayV2HTTPResponse answer = post("{" + fields + "}");

    assertThat(answer.getStatusCode()).isEqualTo(422);
    assertThat(answer.getBody().length()).isLessThan(20_000);
    assertThat(body(answer).at("/rejected/0/violations")).hasSize(Verdict.MAX_VIOLATIONS);
    assertThat(body(answer).at("/rejected/0/violations_left_out").asInt()).isPositive();
  }

  @Test
  void the_longest_possible_answer_can_be_passed_on_by_lambda() {
    String unknown =
        IntStream.range(0, 25)
            .mapToObj(i -> "\"" + "\\u0001".repeat(10) + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    String body =
        IntStream.range(0, 500).mapToObj(i -> unknown).collect(Collectors.joining(",", "[", "]"));

    assertThat(post(body).getBody().getBytes(StandardCharsets.UTF_8).length).isLessThan(5_000_000);
  }

  @Test
  void deep_nesting_and_endless_numbers_are_400_or_a_rejection() {
    assertThat(error(post("[".repeat(100_000)))).isEqualTo("400 unreadable_body");
    assertThat(post("{\"UnitPrice\":" + "9".repeat(900) + "}").getStatusCode()).isEqualTo(422);
    assertThat(post("{\"UnitPrice\":1e999999999}").getStatusCode()).isEqualTo(422);
  }

  @Test
  void a_stream_that_goes_on_throttling_is_429_and_the_same_body_again_is_202() {
    String body = "[" + LineJson.toJson(line("536365", 1)) + "," + BAD_LINE + "]";
    stream.refusingAll(THROTTLED);

    APIGatewayV2HTTPResponse answer = post(body);

    assertThat(error(answer)).isEqualTo("429 throttled");
    assertThat(answer.getHeaders()).containsEntry("retry-after", "2");
    stream.up();
    APIGatewayV2HTTPResponse first = post(body);
    assertThat(first.getStatusCode()).isEqualTo(202);
    assertThat(post(body).getBody()).isEqualTo(first.getBody());
  }

  @Test
  void records_refused_in_part_are_sent_again_and_the_sender_sees_nothing_of_it() {
    stream.refusing(THROTTLED, 1);

    APIGatewayV2HTTPResponse answer = post(json(line("A", 1), line("B", 1), line("C", 1)));

    assertThat(answer.getBody()).isEqualTo("{\"accepted\":3,\"rejected\":[]}");
    assertThat(stream.keysOfCalls()).containsExactly(List.of("A", "B", "C"), List.of("B"));
  }

  @Test
  void a_stream_that_cannot_be_reached_is_503() {
    stream.down(SdkClientException.create("Connection refused"));

    APIGatewayV2HTTPResponse answer = post(json(line("536365", 1)));

    assertThat(error(answer)).isEqualTo("503 stream_unavailable");
    assertThat(answer.getHeaders()).containsEntry("retry-after", "5");
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("\"level\":\"ERROR\"", "Connection refused");
  }

  @Test
  void input_is_judged_before_the_stream_is_asked() {
    stream.down(failure(400, "AccessDeniedException"));

    assertThat(post(BAD_LINE).getStatusCode()).isEqualTo(422);
    assertThat(stream.calls).isEmpty();
  }

  @Test
  void a_request_leaves_one_log_line_with_its_counts_and_without_its_payload() throws IOException {
    post("[" + LineJson.toJson(line("536365", 1)) + "," + BAD_LINE + "]");

    JsonNode line = new ObjectMapper().readTree(log.toString(StandardCharsets.UTF_8));
    assertThat(line.get("route").asText()).isEqualTo(LINES);
    assertThat(line.get("lines").asInt()).isEqualTo(2);
    assertThat(line.get("accepted").asInt()).isEqualTo(1);
    assertThat(line.get("rejected").asInt()).isEqualTo(1);
    assertThat(line.get("records").asInt()).isEqualTo(1);
    assertThat(line.get("calls").asInt()).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .doesNotContain("536365")
        .doesNotContain("HEART");
  }

  @Test
  void lines_are_counted_once_they_are_judged_and_not_when_the_stream_refuses_them() {
    String body = "[" + LineJson.toJson(line("536365", 1)) + "," + BAD_LINE + "]";
    stream.refusingAll(THROTTLED);
    post(body);
    stream.up();
    post(body);

    List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
    String route = "{function=none,route=/v1/invoice-lines}";
    assertThat(MetricRules.metricsOf(lines.get(0)))
        .containsKey("requests{function=none,route=/v1/invoice-lines,status=429}")
        .containsKey("latency" + route)
        .doesNotContainKeys("accepted" + route, "rejected" + route);
    assertThat(MetricRules.metricsOf(lines.get(1)))
        .containsEntry("accepted" + route, 1.0)
        .containsEntry("rejected" + route, 1.0);
  }

  @Test
  void a_token_sends_only_if_it_is_staffs_and_iam_sends_always() {
    String body = json(line("536365", 1));
    assertThat(post(request("POST", LINES).body(body).claim("scope", "a invoiceflow/staff")))
        .extracting(APIGatewayV2HTTPResponse::getStatusCode)
        .isEqualTo(202);
    assertThat(post(request("POST", LINES).body(body).iam()).getStatusCode()).isEqualTo(202);
    stream.stored.clear();

    assertThat(error(post(request("POST", LINES).body(body).claim("customer_id", "17850"))))
        .isEqualTo("403 no_access");
    assertThat(error(post(request("POST", LINES).body(body).token()))).isEqualTo("403 no_access");
    assertThat(stream.stored).isEmpty();
  }

  @Test
  void another_method_is_405_and_names_the_right_one() {
    APIGatewayV2HTTPResponse get = handler.handleRequest(request("GET", LINES).build(), null);
    CONTRACT.check("POST", LINES, get);
    assertThat(get.getStatusCode()).isEqualTo(405);
    assertThat(get.getHeaders()).containsEntry("allow", "POST");

    APIGatewayV2HTTPResponse post =
        handler.handleRequest(request("POST", "/v1/health").build(), null);
    CONTRACT.check("GET", "/v1/health", post);
    assertThat(post.getHeaders()).containsEntry("allow", "GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/v1", "/v1/invoice-lines/", "/v2/invoice-lines", "/v1/invoices/1"})
  void another_path_is_404(String path) {
    APIGatewayV2HTTPResponse answer = handler.handleRequest(request("POST", path).build(), null);

    CONTRACT.checkError(answer);
    assertThat(error(answer)).isEqualTo("404 no_such_path");
  }

  @Test
  void the_contract_knows_every_rule_that_a_line_can_break() {
    // These are found by the job, which knows the stored lines.
    Set<Rule> ofTheJob =
        EnumSet.of(
            Rule.CONFLICTING_CONTENT, Rule.CONFLICTING_CUSTOMER, Rule.REPEATED_FROM_OTHER_FILE);
    List<String> rules =
        EnumSet.complementOf(EnumSet.copyOf(ofTheJob)).stream().map(Rule::name).toList();
    assertThat(CONTRACT.enumeration("/components/schemas/Violation/properties/rule/enum"))
        .containsExactlyInAnyOrderElementsOf(rules);
  }
}
