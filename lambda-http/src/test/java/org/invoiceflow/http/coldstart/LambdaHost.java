package org.invoiceflow.http.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Stands in a function's world for Lambda's runtime API, which hands out events and takes answers,
 * and for Kinesis and DynamoDB, which answer the same to everybody.
 */
final class LambdaHost implements AutoCloseable {

  static {
    // Or each answer on a kept connection waits 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * @param name {@code restore}, {@code next}, {@code response} or {@code error}
   * @param nanos when it was received; of {@code next}, when it was answered
   */
  record Moment(String name, long nanos, String body) {}

  /** CBOR: {@code {"Records": [{"SequenceNumber": "1", "ShardId": "1"}]}}. */
  private static final byte[] RECORD_TAKEN =
      HexFormat.of()
          .parseHex(
              "a1675265636f72647381a26e53657175656e63654e756d62657261316753686172644964" + "6131");

  /** CBOR: {@code {"StreamDescriptionSummary": {"StreamStatus": "ACTIVE"}}}. */
  private static final byte[] STREAM_IS_ACTIVE =
      HexFormat.of()
          .parseHex(
              "a1781853747265616d4465736372697074696f6e53756d6d617279a1"
                  + "6c53747265616d53746174757366414354495645");

  private static final byte[] ONE_INVOICE =
      ("{\"Count\":1,\"Items\":[{\"invoice_no\":{\"S\":\"536365\"},\"part\":{\"S\":\"0001\"},"
              + "\"customer_id\":{\"S\":\"17850\"},\"country\":{\"S\":\"United Kingdom\"},"
              + "\"kind\":{\"S\":\"SALE\"},\"date\":{\"S\":\"2010-12-01T08:26:00\"},"
              + "\"line_count\":{\"N\":\"1\"},\"units\":{\"N\":\"6\"},\"total\":{\"N\":\"15.3\"},"
              + "\"lines\":{\"S\":\"[{\\\"InvoiceNo\\\":\\\"536365\\\",\\\"LineNo\\\":1,"
              + "\\\"StockCode\\\":\\\"85123A\\\",\\\"Quantity\\\":6,\\\"UnitPrice\\\":2.55}]\"}}]}")
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final Queue<String> events;
  final BlockingQueue<Moment> moments = new LinkedBlockingQueue<>();

  /**
   * @param events handed out one after the other
   */
  LambdaHost(List<String> events) throws IOException {
    this.events = new ArrayDeque<>(events);
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::serve);
    server.createContext("/2018-06-01/runtime/", this::runtime);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void runtime(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.endsWith("/restore/next")) {
      moments.add(new Moment("restore", System.nanoTime(), ""));
      answer(exchange, 200, "application/json", new byte[0]);
    } else if (path.endsWith("/invocation/next")) {
      handOut(exchange);
    } else {
      String name = path.endsWith("/response") ? "response" : "error";
      moments.add(new Moment(name, System.nanoTime(), body));
      answer(exchange, 202, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void handOut(HttpExchange exchange) throws IOException {
    Optional<String> event = Optional.ofNullable(events.poll());
    if (event.isEmpty()) {
      moments.add(new Moment("next", System.nanoTime(), "none"));
      return; // Lambda lets a function that has nothing to do wait.
    }
    exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "id-" + events.size());
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 28_000));
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:0:function:f");
    byte[] bytes = event.get().getBytes(StandardCharsets.UTF_8);
    moments.add(new Moment("next", System.nanoTime(), event.get()));
    answer(exchange, 200, "application/json", bytes);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    exchange.getRequestBody().readAllBytes();
    if (target != null && target.startsWith("DynamoDB")) {
      answer(exchange, 200, "application/x-amz-json-1.0", ONE_INVOICE);
    } else {
      boolean isWrite = target != null && target.endsWith("PutRecords");
      answer(
          exchange, 200, "application/x-amz-cbor-1.1", isWrite ? RECORD_TAKEN : STREAM_IS_ACTIVE);
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
