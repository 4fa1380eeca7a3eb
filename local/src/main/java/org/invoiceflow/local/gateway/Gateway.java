package org.invoiceflow.local.gateway;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server on the loopback that stands where API Gateway stands in AWS: it hands each request
 * to the handler of its route as an event of payload format 2.0, and sends back what the handler
 * returns.
 */
public final class Gateway implements AutoCloseable {

  static {
    // Without it, every request on a kept-alive connection waits 40 ms for a delayed
    // acknowledgement. Read once, when the first server is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** Limit of an HTTP API's payload. */
  static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  private static final int THREADS = 16;

  /** A handler with the name that it has in logs. */
  private record Function(
      String name, RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {}

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<Route, Function> functions = new LinkedHashMap<>();

  private Gateway(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a gateway. The handlers are called by up to 16 threads at once.
   *
   * @param port 0 for a free one
   * @param ingest takes {@code POST /v1/invoice-lines} and {@code GET /v1/health}
   * @param query takes the GETs of invoices and customers, and of the page
   * @throws IOException if the port is taken; the message says so
   */
  public static Gateway start(
      int port,
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> ingest,
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> query)
      throws IOException {
    return start(port, ingest, query, Optional.empty());
  }

  /**
   * The same, with one route more than there is on AWS.
   *
   * @param pipeline takes {@code GET /pipeline/status}; without it that path is 404
   */
  public static Gateway start(
      int port,
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> ingest,
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> query,
      Optional<RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>> pipeline)
      throws IOException {
    HttpServer server = bind(port);
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "gateway-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    Gateway gateway = new Gateway(server, threads);
    gateway.route(ingest, query);
    pipeline.ifPresent(
        handler ->
            gateway.functions.put(
                new Route("GET", "/pipeline/status"), new Function("pipeline", handler)));
    server.setExecutor(threads);
    server.createContext("/", gateway::handle);
    server.start();
    return gateway;
  }

  private static HttpServer bind(int port) throws IOException {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 100);
    } catch (BindException e) {
      throw new IOException(
          "Port " + port + " is taken: name another one, or none for a free one.", e);
    }
  }

  private void route(
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> ingest,
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> query) {
    Function ingestFunction = new Function("ingest", ingest);
    Function queryFunction = new Function("query", query);
    functions.put(new Route("POST", "/v1/invoice-lines"), ingestFunction);
    functions.put(new Route("GET", "/v1/health"), ingestFunction);
    functions.put(new Route("GET", "/"), queryFunction);
    functions.put(new Route("GET", "/page/{file}"), queryFunction);
    functions.put(new Route("GET", "/v1/invoices/{invoiceNo}"), queryFunction);
    functions.put(new Route("GET", "/v1/customers/{customerId}"), queryFunction);
    functions.put(new Route("GET", "/v1/customers/{customerId}/invoices"), queryFunction);
  }

  /** The gateway's address, as {@code http://127.0.0.1:41234}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
      HttpAnswer answer =
          body.length > MAX_BODY_BYTES
              ? HttpAnswer.message(413, "Request Entity Too Large")
              : answer(request(exchange, body));
      exchange.getResponseHeaders().putAll(answer.headers());
      // 0 would mean an answer of unknown length.
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private static HttpRequest request(HttpExchange exchange, byte[] body) {
    return new HttpRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        exchange.getProtocol(),
        exchange.getRequestHeaders(),
        body,
        exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private HttpAnswer answer(HttpRequest request) {
    for (Map.Entry<Route, Function> entry : functions.entrySet()) {
      Optional<Map<String, String>> parameters =
          entry.getKey().match(request.method(), request.uri().getRawPath());
      if (parameters.isPresent()) {
        return invoke(entry.getValue(), entry.getKey(), request, parameters.get());
      }
    }
    return HttpAnswer.message(404, "Not Found");
  }

  private static HttpAnswer invoke(
      Function function, Route route, HttpRequest request, Map<String, String> parameters) {
    String requestId = UUID.randomUUID().toString();
    APIGatewayV2HTTPEvent event = Events.of(request, route, parameters, requestId, Instant.now());
    try {
      APIGatewayV2HTTPResponse response =
          function.handler().handleRequest(event, new Invocation(function.name(), requestId));
      return HttpAnswer.of(response);
    } catch (RuntimeException e) {
      LOG.error("{} failed on {} (request {})", function.name(), route.key(), requestId, e);
      return HttpAnswer.message(500, "Internal Server Error");
    }
  }

  /** Stops at once: requests that are being answered are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
