package org.invoiceflow.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayITCase {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<APIGatewayV2HTTPEvent> ingested = new ConcurrentLinkedQueue<>();
  private final Queue<APIGatewayV2HTTPEvent> queried = new ConcurrentLinkedQueue<>();
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway =
        Gateway.start(
            0,
            (event, context) -> {
              ingested.add(event);
              if ("fail".equals(event.getRawQueryString())) {
                throw new IllegalStateException("on purpose");
              }
              return APIGatewayV2HTTPResponse.builder()
                  .withStatusCode(429)
                  .withHeaders(Map.of("retry-after", "1"))
                  .withBody("{\"message\":\"£\"}")
                  .build();
            },
            (event, context) -> {
              queried.add(event);
              return APIGatewayV2HTTPResponse.builder()
                  .withStatusCode(200)
                  .withHeaders(Map.of("Content-Type", "image/png"))
                  .withIsBase64Encoded(true)
                  .withBody(Base64.getEncoder().encodeToString(new byte[] {-1, 0, 1}))
                  .build();
            });
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private HttpResponse<byte[]> send(
      String path, UnaryOperator<java.net.http.HttpRequest.Builder> customizer) throws Exception {
    URI uri = URI.create(gateway.address() + path);
    return client.send(
        customizer.apply(java.net.http.HttpRequest.newBuilder(uri)).build(),
        BodyHandlers.ofByteArray());
  }

  @Test
  void a_post_reaches_the_ingest_handler_as_an_event_of_payload_2_0() throws Exception {
    HttpResponse<byte[]> answer =
        send(
            "/v1/invoice-lines?a=1&a=2&b=x+y",
            r ->
                r.header("Content-Type", "application/json; charset=utf-8")
                    .header("X-Trace", "one")
                    .header("X-Trace", "two")
                    .header("Cookie", "k=v; l=w")
                    .POST(BodyPublishers.ofString("[{\"Description\":\"£\"}]")));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"message\":\"£\"}");
    APIGatewayV2HTTPEvent event = ingested.remove();
    assertThat(event.getVersion()).isEqualTo("2.0");
    assertThat(event.getRouteKey()).isEqualTo("POST /v1/invoice-lines");
    assertThat(event.getRawPath()).isEqualTo("/v1/invoice-lines");
    assertThat(event.getRawQueryString()).isEqualTo("a=1&a=2&b=x+y");
    assertThat(event.getQueryStringParameters()).isEqualTo(Map.of("a", "1,2", "b", "x y"));
    assertThat(event.getHeaders())
        .containsEntry("x-trace", "one,two")
        .containsEntry("content-type", "application/json; charset=utf-8")
        .doesNotContainKey("cookie");
    assertThat(event.getCookies()).containsExactly("k=v", "l=w");
    assertThat(event.getBody()).isEqualTo("[{\"Description\":\"£\"}]");
    assertThat(event.getIsBase64Encoded()).isFalse();
    assertThat(event.getRequestContext().getHttp().getMethod()).isEqualTo("POST");
    assertThat(event.getRequestContext().getHttp().getPath()).isEqualTo("/v1/invoice-lines");
    assertThat(event.getRequestContext().getHttp().getSourceIp()).isEqualTo("127.0.0.1");
    assertThat(event.getRequestContext().getRequestId()).isNotBlank();
  }

  @Test
  void a_get_reaches_the_query_handler_with_decoded_path_parameters() throws Exception {
    HttpResponse<byte[]> answer = send("/v1/customers/a%20b/invoices", r -> r);

    assertThat(answer.body()).containsExactly(-1, 0, 1);
    assertThat(answer.headers().firstValue("content-type")).contains("image/png");
    APIGatewayV2HTTPEvent event = queried.remove();
    assertThat(event.getRawPath()).isEqualTo("/v1/customers/a b/invoices");
    assertThat(event.getPathParameters()).isEqualTo(Map.of("customerId", "a b"));
    assertThat(event.getBody()).isNull();
  }

  @Test
  void every_route_reaches_its_handler() throws Exception {
    send("/v1/health", r -> r);
    send("/v1/invoices/536365", r -> r);
    send("/v1/customers/17850", r -> r);
    send("/", r -> r);
    send("/page/main.js", r -> r);

    assertThat(ingested)
        .extracting(APIGatewayV2HTTPEvent::getRouteKey)
        .containsExactly("GET /v1/health");
    assertThat(queried)
        .extracting(APIGatewayV2HTTPEvent::getRouteKey)
        .containsExactly(
            "GET /v1/invoices/{invoiceNo}",
            "GET /v1/customers/{customerId}",
            "GET /",
            "GET /page/{file}");
  }

  @Test
  void a_compressed_or_binary_body_is_base64() throws Exception {
    byte[] body = {31, -117, 8, 0};
    send(
        "/v1/invoice-lines",
        r ->
            r.header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));
    send("/v1/invoice-lines", r -> r.POST(BodyPublishers.ofByteArray(body)));

    assertThat(ingested)
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.getIsBase64Encoded()).isTrue();
              assertThat(Base64.getDecoder().decode(event.getBody())).isEqualTo(body);
            });
  }

  @Test
  void an_unknown_path_is_404_as_json() throws Exception {
    HttpResponse<byte[]> answer = send("/v1/invoice-lines", r -> r.DELETE());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"message\":\"Not Found\"}");
  }

  @Test
  void a_body_above_10_mb_is_413_and_one_of_10_mb_is_not() throws Exception {
    assertThat(post(Gateway.MAX_BODY_BYTES).statusCode()).isEqualTo(429);
    assertThat(post(Gateway.MAX_BODY_BYTES + 1).statusCode()).isEqualTo(413);
    assertThat(ingested).hasSize(1);
  }

  private HttpResponse<byte[]> post(int size) throws Exception {
    return send("/v1/invoice-lines", r -> r.POST(BodyPublishers.ofByteArray(new byte[size])));
  }

  @Test
  void a_handler_that_throws_is_500_without_its_reason() throws Exception {
    HttpResponse<byte[]> answer =
        send("/v1/invoice-lines?fail", r -> r.POST(BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  @Test
  void a_taken_port_is_named() {
    assertThatThrownBy(
            () -> Gateway.start(gateway.address().getPort(), (e, c) -> null, (e, c) -> null))
        .hasMessageContaining("Port " + gateway.address().getPort() + " is taken");
  }
}
