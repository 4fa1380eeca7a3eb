package org.invoiceflow.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as API Gateway's HTTP API hands it over (payload format 2.0), without its nulls: what
 * is absent is empty. Reads the event on each call and changes nothing.
 */
public final class Request {

  private final APIGatewayV2HTTPEvent event;

  private Request(APIGatewayV2HTTPEvent event) {
    this.event = event;
  }

  public static Request of(APIGatewayV2HTTPEvent event) {
    return new Request(event);
  }

  /** In upper case; "" if the event names none. */
  public String method() {
    return context()
        .map(APIGatewayV2HTTPEvent.RequestContext::getHttp)
        .map(APIGatewayV2HTTPEvent.RequestContext.Http::getMethod)
        .map(method -> method.toUpperCase(Locale.ROOT))
        .orElse("");
  }

  /** The gateway's name of this request, for finding it again in the logs. */
  public String id() {
    return context().map(APIGatewayV2HTTPEvent.RequestContext::getRequestId).orElse("");
  }

  /** The route that the gateway has chosen, such as {@code GET /v1/invoices/{invoiceNo}}. */
  public String routeKey() {
    return textOrEmpty(event.getRouteKey());
  }

  /**
   * The segments of the path, percent-decoded after the cut at slashes, without the stage's name,
   * which a gateway with a named stage puts in front.
   */
  public List<String> path() {
    String path = textOrEmpty(event.getRawPath());
    String stage = "/" + context().map(APIGatewayV2HTTPEvent.RequestContext::getStage).orElse("");
    if (stage.length() > 1 && path.startsWith(stage + "/")) {
      path = path.substring(stage.length());
    }
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return Arrays.stream(relative.split("/", -1)).map(PercentCoding::decode).toList();
  }

  /**
   * A parameter of the gateway's route. Gateways hand it over decoded or as it was sent; it counts
   * as sent if it stands in the raw path letter for letter. An identifier with a slash passes API
   * Gateway only if it is encoded twice, and is found again in this way.
   */
  public Optional<String> pathParameter(String name) {
    return valueOf(event.getPathParameters(), name)
        .map(
            value ->
                textOrEmpty(event.getRawPath()).contains(value)
                    ? PercentCoding.decode(value)
                    : value);
  }

  public Optional<String> queryParameter(String name) {
    return valueOf(event.getQueryStringParameters(), name);
  }

  /**
   * @param name in lower case, as the gateway sends names; other callers need not
   */
  public Optional<String> header(String name) {
    Map<String, String> headers = event.getHeaders();
    if (headers == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(headers.get(name))
        .or(
            () ->
                headers.entrySet().stream()
                    .filter(header -> name.equalsIgnoreCase(header.getKey()))
                    .flatMap(header -> Optional.ofNullable(header.getValue()).stream())
                    .findFirst());
  }

  /** The body as handed over: text, or base64 if {@link #isBase64()}; "" if there is none. */
  public String body() {
    return textOrEmpty(event.getBody());
  }

  public boolean isBase64() {
    return event.getIsBase64Encoded();
  }

  /**
   * The claims of the token that the gateway's JWT authoriser has checked, each as text; empty if
   * no such authoriser stands before the API.
   */
  public Optional<Map<String, String>> claims() {
    return context()
        .map(APIGatewayV2HTTPEvent.RequestContext::getAuthorizer)
        .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer::getJwt)
        .map(jwt -> withoutNulls(jwt.getClaims()));
  }

  private static Map<String, String> withoutNulls(@Nullable Map<String, String> claims) {
    Map<String, String> texts = new HashMap<>(claims == null ? Map.of() : claims);
    // A claim without a value is there all the same: it must not make its bearer someone else.
    texts.replaceAll((name, value) -> textOrEmpty(value));
    return texts;
  }

  private Optional<APIGatewayV2HTTPEvent.RequestContext> context() {
    return Optional.ofNullable(event.getRequestContext());
  }

  private static Optional<String> valueOf(@Nullable Map<String, String> values, String name) {
    return values == null ? Optional.empty() : Optional.ofNullable(values.get(name));
  }

  private static String textOrEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
