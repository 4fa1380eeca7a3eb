package org.invoiceflow.loader;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.JsonLine;
import org.invoiceflow.model.LineJson;

/** The API as its contract says: accepts and names lines; can be told to misbehave first. */
public final class FakeApi implements AutoCloseable {

  /** Answers one request in its own way. */
  public interface Misbehaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private static final Misbehaviour WELL_BEHAVED = exchange -> {};

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final Queue<Misbehaviour> misbehaviours = new ArrayDeque<>();
  private final List<List<InvoiceLine>> stored = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private Predicate<InvoiceLine> refused = line -> false;

  public FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/invoice-lines", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next requests are answered so, one after another; then all goes well again. */
  public synchronized FakeApi first(Misbehaviour... answers) {
    misbehaviours.addAll(List.of(answers));
    return this;
  }

  public synchronized FakeApi refusing(Predicate<InvoiceLine> lines) {
    refused = lines;
    return this;
  }

  /** Accepted lines in the order of arrival. */
  public synchronized List<InvoiceLine> lines() {
    return stored.stream().flatMap(List::stream).toList();
  }

  /** Accepted lines of each request that went well. */
  public synchronized List<List<InvoiceLine>> batches() {
    return List.copyOf(stored);
  }

  /** Every body that came, also of requests that did not go well. */
  public synchronized List<byte[]> bodies() {
    return List.copyOf(bodies);
  }

  public static Misbehaviour status(int status, String body, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      respond(exchange, status, body);
    };
  }

  /** Closes the connection without an answer. */
  public static Misbehaviour hangUp() {
    return HttpExchange::close;
  }

  /** One of {@link #first} that is answered as if there were none. */
  public static Misbehaviour wellBehaved() {
    return WELL_BEHAVED;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Optional<Misbehaviour> misbehaviour;
    String answer = "";
    synchronized (this) {
      bodies.add(body);
      misbehaviour = Optional.ofNullable(misbehaviours.poll()).filter(m -> m != WELL_BEHAVED);
      if (misbehaviour.isEmpty()) {
        answer = store(body);
      }
    }
    if (misbehaviour.isPresent()) {
      misbehaviour.get().answer(exchange);
    } else {
      respond(exchange, answer.startsWith("{\"accepted\":0,") ? 422 : 202, answer);
    }
  }

  private String store(byte[] body) {
    List<InvoiceLine> accepted = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    for (JsonLine line : LineJson.read(body).lines()) {
      InvoiceLine read = line.result().line().orElseThrow();
      if (refused.test(read)) {
        rejected.add(
            "{\"index\":"
                + line.index()
                + ",\"violations\":[{\"rule\":\"NO_SUCH_ARTICLE\",\"field\":\"StockCode\","
                + "\"message\":\"Article is not known, \\\"really\\\"\"}]}");
      } else {
        accepted.add(read);
      }
    }
    stored.add(accepted);
    return "{\"accepted\":"
        + accepted.size()
        + ",\"rejected\":"
        + rejected.stream().collect(Collectors.joining(",", "[", "]"))
        + "}";
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
