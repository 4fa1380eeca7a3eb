package org.invoiceflow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpFrontTest {

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private APIGatewayV2HTTPResponse answer(HttpFront.Handler handler) {
    return new HttpFront(new PrintStream(log, true), handler)
        .answer(Events.request("GET", "/v1/customers/17850").body("secret").build());
  }

  private JsonNode logLine() throws IOException {
    assertThat(log.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    return new ObjectMapper().readTree(log.toString(StandardCharsets.UTF_8));
  }

  @Test
  void every_request_leaves_one_log_line_without_path_and_payload() throws IOException {
    answer(
        (request, line) -> {
          line.route("/v1/customers/{customerId}");
          line.count("rows", 3);
          return Answer.error(404, "no_such_customer", "nobody");
        });

    JsonNode line = logLine();
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("request_id").asText()).isEqualTo("request-1");
    assertThat(line.get("route").asText()).isEqualTo("/v1/customers/{customerId}");
    assertThat(line.get("status").asInt()).isEqualTo(404);
    assertThat(line.get("rows").asInt()).isEqualTo(3);
    assertThat(line.get("latency").isNumber()).isTrue();
    assertThat(log.toString(StandardCharsets.UTF_8))
        .doesNotContain("17850")
        .doesNotContain("secret");
  }

  @Test
  void a_handler_that_fails_still_gives_an_answer_and_its_stack_trace_is_logged()
      throws IOException {
    APIGatewayV2HTTPResponse response =
        answer(
            (request, line) -> {
              throw new IllegalStateException("a fault");
            });

    assertThat(response.getStatusCode()).isEqualTo(500);
    OpenApiContract.load().checkError(response);
    assertThat(response.getBody()).doesNotContain("a fault");
    assertThat(logLine().get("level").asText()).isEqualTo("ERROR");
    assertThat(logLine().get("stack_trace").asText()).contains("a fault", "HttpFrontTest");
  }

  @Test
  void what_a_library_says_of_a_fault_may_be_data_and_is_not_logged() throws IOException {
    answer(
        (request, line) -> {
          try {
            return Answer.error(Integer.parseInt(request.body()), "never", "never");
          } catch (NumberFormatException e) {
            throw new IllegalStateException("our words", e);
          }
        });

    assertThat(logLine().get("stack_trace").asText())
        .contains("our words", "Caused by: java.lang.NumberFormatException\n", "parseInt")
        .doesNotContain("secret");
  }

  @Test
  void a_metric_counts_by_function_and_route_and_requests_by_status_too() {
    answer(
        (request, line) -> {
          line.route("/v1/customers/{customerId}");
          line.count("rows", 3);
          line.metric("accepted", 7);
          return Answer.error(404, "no_such_customer", "nobody");
        });

    Map<String, Double> metrics =
        MetricRules.metricsOf(log.toString(StandardCharsets.UTF_8).strip());

    String route = "function=none,route=/v1/customers/{customerId}";
    assertThat(metrics)
        .containsEntry("requests{" + route + ",status=404}", 1.0)
        .containsEntry("accepted{" + route + "}", 7.0)
        .containsOnlyKeys(
            "requests{" + route + ",status=404}",
            "accepted{" + route + "}",
            "latency{" + route + "}");
  }

  @Test
  void a_variable_that_is_not_set_is_named() {
    assertThat(Environment.required(Map.of("STREAM_NAME", "lines"), "STREAM_NAME"))
        .isEqualTo("lines");
    assertThatThrownBy(() -> Environment.required(Map.of("STREAM_NAME", ""), "STREAM_NAME"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("STREAM_NAME is not set");
  }
}
