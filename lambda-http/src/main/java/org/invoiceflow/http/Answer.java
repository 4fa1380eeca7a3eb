package org.invoiceflow.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a handler says: a status, headers and a JSON body, or "" if there is none. An error's body
 * is {@code {"error":code,"message":sentence}}: the code for programs, the sentence for people.
 * Immutable.
 */
public record Answer(int status, Map<String, String> headers, String body) {

  private static final Map<String, String> JSON = Map.of("content-type", "application/json");

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer json(int status, JsonText.Content body) {
    return new Answer(status, JSON, JsonText.of(body));
  }

  /**
   * @param code lower-case word of the contract, such as {@code not_found}
   * @param message what is wrong and what to do, one or two sentences
   */
  public static Answer error(int status, String code, String message) {
    return json(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("error", code);
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }

  /** 404 for a path that no route has. */
  public static Answer noSuchPath(String routes) {
    return error(404, "no_such_path", "There is nothing at this path; the routes are " + routes);
  }

  public static Answer methodNotAllowed(String allowed) {
    return error(405, "method_not_allowed", "This path takes " + allowed + " only")
        .withHeader("allow", allowed);
  }

  /** 500 for a fault of ours; what happened stands in the log. */
  public static Answer internalError() {
    return error(500, "internal_error", "The request could not be handled; the fault is ours");
  }

  /** The same answer, asking the sender to come back after that time, in whole seconds. */
  public Answer retryAfter(Duration wait) {
    return withHeader("retry-after", Long.toString(wait.toSeconds()));
  }

  /**
   * A read that succeeded, with a strong entity tag over its body; 304 without a body if the sender
   * holds just that (RFC 9110, {@code If-None-Match}). Every other answer is returned as it is.
   */
  public Answer revalidated(Request request) {
    if (status != 200) {
      return this;
    }
    String tag = EntityTag.of(body);
    boolean isHeld =
        request.header("if-none-match").filter(held -> EntityTag.isAmong(held, tag)).isPresent();
    return (isHeld ? new Answer(304, Map.of(), "") : this)
        .withHeader("etag", tag)
        .withHeader("cache-control", "private, no-cache");
  }

  private Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  public APIGatewayV2HTTPResponse toResponse() {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body)
        .withIsBase64Encoded(false)
        .build();
  }
}
