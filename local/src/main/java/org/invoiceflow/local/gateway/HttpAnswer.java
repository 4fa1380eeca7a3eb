package org.invoiceflow.local.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An answer to be sent. */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {

  /** One of the gateway's own answers, worded as API Gateway words them. */
  static HttpAnswer message(int status, String message) {
    return new HttpAnswer(
        status,
        Map.of("Content-Type", List.of("application/json")),
        ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  /** What a handler returned. Its status is 200 and its type JSON unless it says otherwise. */
  static HttpAnswer of(APIGatewayV2HTTPResponse response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", List.of("application/json"));
    orEmpty(response.getMultiValueHeaders()).forEach(headers::put);
    orEmpty(response.getHeaders()).forEach((name, value) -> headers.put(name, List.of(value)));
    if (response.getCookies() != null) {
      headers.put("Set-Cookie", response.getCookies());
    }
    String body = response.getBody() == null ? "" : response.getBody();
    byte[] bytes =
        response.getIsBase64Encoded()
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8);
    int status = response.getStatusCode() == 0 ? 200 : response.getStatusCode();
    return new HttpAnswer(status, headers, bytes);
  }

  private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : map;
  }
}
