package org.invoiceflow.job.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.invoiceflow.job.aws.AwsAccess;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The two operations of DynamoDB that the views need, over HTTP, with the real protocol and tables
 * in memory, so that the real clients can meet {@link Faults} that DynamoDB Local does not have.
 */
public final class FakeDynamoDb implements AutoCloseable {

  static {
    // Else each answer on a kept connection takes 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  public static final String INVOICES = "invoices";
  public static final String CUSTOMERS = "customers";

  /** What the next request meets; called by several threads. */
  public interface Faults {
    Faults NONE = operation -> Fault.NONE;

    Fault next(String operation);
  }

  /** What a request can meet. */
  public enum Fault {
    NONE,
    /** Every second item is returned as unprocessed. */
    UNPROCESSED,
    /** Done late: longer than a sink waits for its buffer to fill. */
    LATE,
    THROTTLED,
    SERVER_ERROR,
    /** Nothing is done, and the connection is cut. */
    CONNECTION_LOST,
    /** All is done, but the connection is cut before the answer. */
    ANSWER_LOST,
    DENIED,
    /** The one answer that the sinks take for their own fault: it fails the job. */
    INVALID
  }

  private static final Duration LATE_BY = Duration.ofMillis(500);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Map<String, JsonNode>> tables = new ConcurrentHashMap<>();
  private final Map<Fault, AtomicInteger> met = new ConcurrentHashMap<>();
  private final AtomicInteger shrunk = new AtomicInteger();
  private volatile Faults faults = Faults.NONE;

  public FakeDynamoDb() throws IOException {
    tables.put(INVOICES, new ConcurrentHashMap<>());
    tables.put(CUSTOMERS, new ConcurrentHashMap<>());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public ViewTables viewTables() {
    AwsAccess access =
        AwsAccess.inRegion("us-east-1")
            .withEndpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .withFixedKey("key", "secret");
    return new ViewTables(access, INVOICES, CUSTOMERS);
  }

  public void meet(Faults next) {
    this.faults = next;
  }

  /** How many requests met this. */
  public int met(Fault fault) {
    return met.getOrDefault(fault, new AtomicInteger()).get();
  }

  /** How often a put replaced an item of the invoices view by one with fewer lines. */
  public int shrunk() {
    return shrunk.get();
  }

  /** Items by invoice and part. */
  public Map<String, InvoicePart> parts() {
    Map<String, InvoicePart> parts = new TreeMap<>();
    for (JsonNode item : table(INVOICES).values()) {
      InvoicePart part = ViewItems.toPart(attributes(item));
      parts.put(part.invoiceNo() + "/" + part.part(), part);
    }
    return parts;
  }

  /** Rows by customer and invoice, as attributes. */
  public Map<String, Map<String, AttributeValue>> customerRows() {
    return table(CUSTOMERS).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> attributes(e.getValue()), (a, b) -> a, TreeMap::new));
  }

  /** The row that a summary should stand in. */
  public static Map<String, AttributeValue> row(InvoiceSummary summary) {
    return ViewItems.ofCustomerRow(summary);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation = target.substring(target.indexOf('.') + 1);
      JsonNode request = JsonNodeParser.create().parse(exchange.getRequestBody());
      Fault fault = faults.next(operation);
      met.computeIfAbsent(fault, any -> new AtomicInteger()).incrementAndGet();
      switch (fault) {
        case THROTTLED:
          answer(exchange, 400, error("ProvisionedThroughputExceededException"));
          return;
        case DENIED:
          answer(exchange, 400, error("AccessDeniedException"));
          return;
        case INVALID:
          answer(exchange, 400, error("ValidationException"));
          return;
        case SERVER_ERROR:
          answer(exchange, 500, error("InternalServerError"));
          return;
        case CONNECTION_LOST:
          return;
        default:
          break;
      }
      if (fault == Fault.LATE) {
        LockSupport.parkNanos(LATE_BY.toNanos());
      }
      boolean some = fault == Fault.UNPROCESSED;
      Map<String, JsonNode> asked = request.asObject().get("RequestItems").asObject();
      String done = operation.equals("BatchWriteItem") ? write(asked, some) : read(asked, some);
      if (fault != Fault.ANSWER_LOST) {
        answer(exchange, 200, done);
      }
    } finally {
      exchange.close();
    }
  }

  private static String error(String type) {
    return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
        + type
        + "\",\"message\":\"the test asks for it\"}";
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private String write(Map<String, JsonNode> requestItems, boolean some) {
    List<String> unprocessed = new ArrayList<>();
    requestItems.forEach(
        (table, writes) -> {
          List<JsonNode> left = new ArrayList<>();
          int index = 0;
          for (JsonNode write : writes.asArray()) {
            if (some && index++ % 2 == 0) {
              left.add(write);
            } else {
              put(table, write.asObject().get("PutRequest").asObject().get("Item"));
            }
          }
          if (!left.isEmpty()) {
            unprocessed.add("\"" + table + "\":" + left);
          }
        });
    return "{\"UnprocessedItems\":{" + String.join(",", unprocessed) + "}}";
  }

  private void put(String table, JsonNode item) {
    JsonNode before = table(table).put(keyOf(table, item), item);
    if (before != null && table.equals(INVOICES) && linesOf(item) < linesOf(before)) {
      shrunk.incrementAndGet();
    }
  }

  private static int linesOf(JsonNode item) {
    return ViewItems.toPart(attributes(item)).lines().size();
  }

  private String read(Map<String, JsonNode> requestItems, boolean some) {
    List<JsonNode> found = new ArrayList<>();
    List<JsonNode> left = new ArrayList<>();
    int index = 0;
    for (JsonNode key : requestItems.get(INVOICES).asObject().get("Keys").asArray()) {
      JsonNode item = table(INVOICES).get(keyOf(INVOICES, key));
      if (some && index++ % 2 == 0) {
        left.add(key);
      } else if (item != null) {
        found.add(item);
      }
    }
    return "{\"Responses\":{\"invoices\":"
        + found
        + "},\"UnprocessedKeys\":{"
        + (left.isEmpty() ? "" : "\"invoices\":{\"Keys\":" + left + "}")
        + "}}";
  }

  private Map<String, JsonNode> table(String name) {
    return tables.get(name);
  }

  private static String keyOf(String table, JsonNode item) {
    List<String> names =
        table.equals(INVOICES)
            ? List.of(ViewSchema.INVOICE_NO, ViewSchema.PART)
            : List.of(ViewSchema.CUSTOMER_ID, ViewSchema.INVOICE_NO);
    return names.stream()
        .map(name -> item.asObject().get(name).asObject().get("S").asString())
        .collect(Collectors.joining("/"));
  }

  private static Map<String, AttributeValue> attributes(JsonNode item) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    item.asObject().forEach((name, value) -> attributes.put(name, attribute(value.asObject())));
    return attributes;
  }

  private static AttributeValue attribute(Map<String, JsonNode> typed) {
    AttributeValue.Builder value = AttributeValue.builder();
    if (typed.containsKey("S")) {
      return value.s(typed.get("S").asString()).build();
    }
    if (typed.containsKey("N")) {
      return value.n(typed.get("N").asString()).build();
    }
    List<String> set = new ArrayList<>();
    typed.get("SS").asArray().forEach(one -> set.add(one.asString()));
    return value.ss(set).build();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
