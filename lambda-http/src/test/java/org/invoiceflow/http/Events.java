package org.invoiceflow.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Builds events as API Gateway's HTTP API sends them, payload format 2.0. Not thread-safe. */
public final class Events {

  private final String method;
  private final String rawPath;
  private final Map<String, String> headers = new HashMap<>();
  private String routeKey = "$default";
  private String stage = "$default";
  private Map<String, String> pathParameters;
  private Map<String, String> query;
  private String body;
  private boolean base64;
  private APIGatewayV2HTTPEvent.RequestContext.Authorizer authorizer;

  private Events(String method, String rawPath) {
    this.method = method;
    this.rawPath = rawPath;
  }

  public static Events request(String method, String rawPath) {
    return new Events(method, rawPath);
  }

  public Events header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public Events body(String text) {
    this.body = text;
    this.base64 = false;
    return this;
  }

  public Events body(byte[] bytes) {
    this.body = Base64.getEncoder().encodeToString(bytes);
    this.base64 = true;
    return this;
  }

  public Events brokenBase64(String text) {
    this.body = text;
    this.base64 = true;
    return this;
  }

  public Events query(String name, String value) {
    query = query == null ? new HashMap<>() : query;
    query.put(name, value);
    return this;
  }

  /** The gateway's own routing. */
  public Events route(String key, String parameter, String value) {
    this.routeKey = key;
    this.pathParameters = Map.of(parameter, value);
    return this;
  }

  public Events stage(String name) {
    this.stage = name;
    return this;
  }

  /** The gateway's JWT authoriser has let a token with this claim through; one of several. */
  public Events claim(String name, String value) {
    jwt().getClaims().put(name, value);
    return this;
  }

  /** The gateway's JWT authoriser has let a token through that has no claim of ours. */
  public Events token() {
    jwt();
    return this;
  }

  private APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT jwt() {
    if (authorizer == null) {
      authorizer =
          APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
              .withJwt(
                  APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT
                      .builder()
                      .withClaims(new HashMap<>())
                      .build())
              .build();
    }
    return authorizer.getJwt();
  }

  /** The gateway has checked a signature of IAM. */
  public Events iam() {
    authorizer =
        APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
            .withIam(
                APIGatewayV2HTTPEvent.RequestContext.IAM
                    .builder()
                    .withAccountId("000000000000")
                    .withUserArn("arn:aws:iam::000000000000:user/reader")
                    .build())
            .build();
    return this;
  }

  public APIGatewayV2HTTPEvent build() {
    APIGatewayV2HTTPEvent.RequestContext context =
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withRequestId("request-1")
            .withStage(stage)
            .withAuthorizer(authorizer)
            .withHttp(
                APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                    .withMethod(method)
                    .withPath(rawPath)
                    .build())
            .build();
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey(routeKey)
        .withRawPath(rawPath)
        .withHeaders(headers)
        .withPathParameters(pathParameters)
        .withQueryStringParameters(query)
        .withRequestContext(context)
        .withBody(body)
        .withIsBase64Encoded(base64)
        .build();
  }

  /** UTF-8 bytes, for bodies. */
  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
