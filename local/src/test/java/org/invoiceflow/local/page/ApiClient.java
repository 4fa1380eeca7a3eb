package org.invoiceflow.local.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.invoiceflow.local.testing.PostedLines;
import org.invoiceflow.model.InvoiceLine;

/** The gateway's API as programs use it. */
final class ApiClient {

  private static final int LINES_A_REQUEST = 400;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;

  ApiClient(URI address) {
    this.address = address;
  }

  void post(List<InvoiceLine> lines) throws IOException, InterruptedException {
    PostedLines.post(http, address, lines, LINES_A_REQUEST);
  }

  String get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString()).body();
  }

  /** Returns when the answer at a path holds these words. */
  void awaitAnswer(String path, String words) {
    Waiting.until(path + " says " + words).until(() -> get(path).contains(words));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }
}
