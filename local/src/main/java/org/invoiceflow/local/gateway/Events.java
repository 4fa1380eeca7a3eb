package org.invoiceflow.local.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns a request into the event that an HTTP API of API Gateway hands to a Lambda function in
 * payload format 2.0.
 *
 * <p>As there: header names are in lower case, several values of one header or query parameter are
 * joined by commas, cookies stand apart, {@code rawPath} and the path parameters are decoded (an
 * HTTP API does so, a function URL does not), and a body that is not text is base64.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">AWS
 *     on the payload format</a>
 */
final class Events {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Events() {}

  static APIGatewayV2HTTPEvent of(
      HttpRequest request,
      Route route,
      Map<String, String> pathParameters,
      String requestId,
      Instant now) {
    Map<String, String> headers = headers(request);
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setVersion("2.0");
    event.setRouteKey(route.key());
    event.setRawPath(request.uri().getPath());
    event.setRawQueryString(Optional.ofNullable(request.uri().getRawQuery()).orElse(""));
    event.setHeaders(headers);
    Map<String, String> query = query(event.getRawQueryString());
    if (!query.isEmpty()) {
      event.setQueryStringParameters(query);
    }
    if (!pathParameters.isEmpty()) {
      event.setPathParameters(pathParameters);
    }
    List<String> cookies = cookies(request);
    if (!cookies.isEmpty()) {
      event.setCookies(cookies);
    }
    event.setRequestContext(context(request, headers, route, requestId, now));
    setBody(event, request.body(), headers);
    return event;
  }

  private static APIGatewayV2HTTPEvent.RequestContext context(
      HttpRequest request,
      Map<String, String> headers,
      Route route,
      String requestId,
      Instant now) {
    APIGatewayV2HTTPEvent.RequestContext.Http http =
        new APIGatewayV2HTTPEvent.RequestContext.Http();
    http.setMethod(request.method());
    http.setPath(request.uri().getPath());
    http.setProtocol(request.protocol());
    http.setSourceIp(request.sourceIp());
    http.setUserAgent(headers.getOrDefault("user-agent", ""));
    APIGatewayV2HTTPEvent.RequestContext context = new APIGatewayV2HTTPEvent.RequestContext();
    context.setAccountId("000000000000");
    context.setApiId("local");
    context.setDomainName("localhost");
    context.setDomainPrefix("localhost");
    context.setHttp(http);
    context.setRequestId(requestId);
    context.setRouteKey(route.key());
    context.setStage("$default");
    context.setTime(TIME.format(now));
    context.setTimeEpoch(now.toEpochMilli());
    return context;
  }

  private static Map<String, String> headers(HttpRequest request) {
    Map<String, String> headers = new TreeMap<>();
    request
        .headers()
        .forEach(
            (name, values) -> {
              String lowerCase = name.toLowerCase(Locale.ROOT);
              if (!"cookie".equals(lowerCase)) {
                headers.merge(
                    lowerCase, String.join(",", values), (first, more) -> first + "," + more);
              }
            });
    return headers;
  }

  private static List<String> cookies(HttpRequest request) {
    return request.headers().entrySet().stream()
        .filter(header -> "cookie".equalsIgnoreCase(header.getKey()))
        .flatMap(header -> header.getValue().stream())
        .flatMap(value -> List.of(value.split(";", -1)).stream())
        .map(String::strip)
        .filter(cookie -> !cookie.isEmpty())
        .toList();
  }

  private static Map<String, String> query(String rawQuery) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.merge(decode(name), decode(value), (first, more) -> first + "," + more);
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void setBody(
      APIGatewayV2HTTPEvent event, byte[] body, Map<String, String> headers) {
    event.setIsBase64Encoded(false);
    if (body.length == 0) {
      return;
    }
    Optional<String> text = isText(headers) ? utf8(body) : Optional.empty();
    event.setIsBase64Encoded(text.isEmpty());
    event.setBody(text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
  }

  private static boolean isText(Map<String, String> headers) {
    String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    String media = type.split(";", 2)[0].strip();
    return !headers.containsKey("content-encoding")
        && (media.startsWith("text/")
            || media.equals("application/json")
            || media.equals("application/javascript")
            || media.equals("application/xml")
            || media.endsWith("+json")
            || media.endsWith("+xml"));
  }

  private static Optional<String> utf8(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
