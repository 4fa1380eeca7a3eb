package org.invoiceflow.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A whole event as text that people read and a fuzzer alters byte by byte: a request line, lines of
 * what else an event holds, an empty line, the body. Any bytes are some event.
 *
 * <pre>
 * GET /v1/customers/17850/invoices
 * if-none-match: "x"                              a header
 * ?limit=2                                        a query parameter
 * {customerId=17850                               a path parameter
 * &gt;GET /v1/customers/{customerId}/invoices        the gateway's route
 * !customer_id=17850                              a claim of the token
 * /prod                                           the stage
 * &#64;gzip                                           how the body comes: text, utf16, base64, raw64, gzip, none
 * </pre>
 */
public final class EventText {

  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, String> query = new HashMap<>();
  private final Map<String, String> path = new HashMap<>();
  private final Map<String, String> claims = new HashMap<>();
  private final APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
  private final APIGatewayV2HTTPEvent.RequestContext context =
      new APIGatewayV2HTTPEvent.RequestContext();
  private String bodyForm = "text";

  private EventText() {}

  public static APIGatewayV2HTTPEvent parse(byte[] text) {
    int end = endOfHead(text);
    String head = new String(text, 0, end, StandardCharsets.UTF_8);
    byte[] body = new byte[Math.max(0, text.length - end - 2)];
    System.arraycopy(text, text.length - body.length, body, 0, body.length);
    return new EventText().event(List.of(head.split("\n", -1)), body);
  }

  private static int endOfHead(byte[] text) {
    for (int i = 1; i < text.length; i++) {
      if (text[i] == '\n' && text[i - 1] == '\n') {
        return i - 1;
      }
    }
    return text.length;
  }

  private APIGatewayV2HTTPEvent event(List<String> head, byte[] body) {
    requestLine(head.get(0));
    head.stream().skip(1).filter(line -> !line.isEmpty()).forEach(this::line);
    context.setRequestId("request-1");
    event.setRequestContext(context);
    event.setHeaders(headers.isEmpty() ? null : headers);
    event.setQueryStringParameters(query.isEmpty() ? null : query);
    event.setPathParameters(path.isEmpty() ? null : path);
    body(body);
    return event;
  }

  private void requestLine(String line) {
    int space = line.indexOf(' ');
    APIGatewayV2HTTPEvent.RequestContext.Http http =
        new APIGatewayV2HTTPEvent.RequestContext.Http();
    http.setMethod(space < 0 ? null : line.substring(0, space));
    event.setRawPath(line.substring(space + 1));
    context.setHttp(http);
  }

  private void line(String line) {
    String rest = line.substring(1);
    switch (line.charAt(0)) {
      case '?' -> put(query, rest, "=");
      case '{' -> put(path, rest, "=");
      case '!' -> {
        put(claims, rest, "=");
        context.setAuthorizer(
            APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                .withJwt(
                    APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT
                        .builder()
                        .withClaims(Collections.unmodifiableMap(claims))
                        .build())
                .build());
      }
      case '>' -> event.setRouteKey(rest);
      case '/' -> context.setStage(rest);
      case '@' -> bodyForm = rest;
      default -> put(headers, line, ": ");
    }
  }

  /** Without the separator the value is null, as a gateway might hand it over. */
  private static void put(Map<String, String> values, String line, String separator) {
    int at = line.indexOf(separator);
    values.put(
        at < 0 ? line : line.substring(0, at),
        at < 0 ? null : line.substring(at + separator.length()));
  }

  private void body(byte[] bytes) {
    event.setIsBase64Encoded(List.of("base64", "raw64", "gzip").contains(bodyForm));
    event.setBody(
        switch (bodyForm) {
          case "none" -> null;
          case "utf16" -> utf16(bytes);
          case "base64" -> Base64.getEncoder().encodeToString(bytes);
          case "gzip" -> Base64.getEncoder().encodeToString(gzip(bytes));
          default -> new String(bytes, StandardCharsets.UTF_8);
        });
  }

  /** Keeps lone surrogates, which decoding as UTF-16 would replace. */
  private static String utf16(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      text.append((char) (((bytes[i] & 0xFF) << 8) | (bytes[i + 1] & 0xFF)));
    }
    return text.toString();
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
}
