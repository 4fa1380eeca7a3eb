package org.invoiceflow.local.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/**
 * One tab's DevTools protocol: a command, its answer. One small protocol over the JDK's web socket,
 * so that no driver has to be of the browser's version.
 */
final class DevTools implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final long PATIENCE_SECONDS = 120;

  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final WebSocket socket;

  private DevTools(URI address) {
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Answers()).join();
  }

  /** A new tab. */
  static DevTools openTab(URI browser) throws IOException, InterruptedException {
    HttpRequest newTab =
        HttpRequest.newBuilder(browser.resolve("/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String tab = HttpClient.newHttpClient().send(newTab, BodyHandlers.ofString()).body();
    return new DevTools(URI.create(JSON.readTree(tab).get("webSocketDebuggerUrl").asText()));
  }

  /**
   * Sends a command and returns its result.
   *
   * @throws IllegalStateException if the browser refuses it or does not answer
   */
  JsonNode send(String method, Map<String, ?> parameters) {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    open.put(id, answer);
    try {
      String text =
          JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
      socket.sendText(text, true).join();
      JsonNode message = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message.has("error")) {
        throw new IllegalStateException(method + ": " + message.get("error"));
      }
      return message.get("result");
    } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method, e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        complete(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void complete(String message) {
      try {
        JsonNode tree = JSON.readTree(message);
        CompletableFuture<JsonNode> waiting = open.remove(tree.path("id").asInt());
        if (waiting != null) {
          waiting.complete(tree);
        }
      } catch (IOException e) {
        throw new IllegalStateException(message, e);
      }
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      open.values().forEach(waiting -> waiting.completeExceptionally(error));
    }
  }
}
