package org.invoiceflow.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a path pattern, as API Gateway writes them: {@code GET /v1/invoices/{invoiceNo}}. A
 * segment in braces is a parameter of one or more characters.
 */
record Route(String method, String pattern) {

  /** The route's key in the event. */
  String key() {
    return method + " " + pattern;
  }

  /**
   * The decoded path parameters, if the request is this route's. An encoded slash belongs to the
   * parameter that it stands in.
   *
   * @param rawPath path as it was sent, with its percent signs
   */
  Optional<Map<String, String>> match(String requestMethod, String rawPath) {
    List<String> expected = List.of(pattern.split("/", -1));
    List<String> actual = List.of(rawPath.split("/", -1));
    if (!method.equals(requestMethod) || expected.size() != actual.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      String segment = expected.get(i);
      if (segment.startsWith("{") && !actual.get(i).isEmpty()) {
        parameters.put(segment.substring(1, segment.length() - 1), decode(actual.get(i)));
      } else if (!segment.equals(actual.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static String decode(String segment) {
    // A plus sign is itself in a path.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
