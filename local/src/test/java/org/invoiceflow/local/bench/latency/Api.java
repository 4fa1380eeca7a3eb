package org.invoiceflow.local.bench.latency;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.invoiceflow.local.testing.PostedLines;
import org.invoiceflow.model.InvoiceLine;

/** The API behind the gateway, as its callers see it. Thread-safe. */
final class Api {

  private static final JsonFactory JSON = new JsonFactory();

  /** Most lines of one request. */
  private static final int MAX_LINES = 500;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI gateway;

  Api(URI gateway) {
    this.gateway = gateway;
  }

  /** Sends an invoice's lines, all of which are accepted. */
  void post(List<InvoiceLine> lines) throws IOException, InterruptedException {
    PostedLines.post(http, gateway, lines, MAX_LINES);
  }

  /** How many lines of an invoice can be seen now. */
  int visibleLines(String invoiceNo) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(gateway.resolve("/v1/invoices/" + invoiceNo)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 404) {
      return 0;
    }
    if (answer.statusCode() != 200) {
      throw new IOException("GET: " + answer.statusCode() + " " + answer.body());
    }
    try (JsonParser json = JSON.createParser(answer.body())) {
      int lines = 0;
      int depth = 0;
      boolean items = false;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        items |= token == JsonToken.FIELD_NAME && json.currentName().equals("items");
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        // The answer, its array of items, and an item.
        lines += items && depth == 3 && token == JsonToken.START_OBJECT ? 1 : 0;
      }
      return lines;
    }
  }
}
