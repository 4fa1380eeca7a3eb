package org.invoiceflow.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/** The gateway's API as programs use it. */
final class ApiClient {

  private static final int LINES_A_REQUEST = 400;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;

  ApiClient(URI address) {
    this.address = address;
  }

  void post(List<InvoiceLine> lines) throws IOException, InterruptedException {
    for (int from = 0; from < lines.size(); from += LINES_A_REQUEST) {
      List<InvoiceLine> some = lines.subList(from, Math.min(lines.size(), from + LINES_A_REQUEST));
      HttpResponse<String> answer =
          http.send(
              request("/v1/invoice-lines")
                  .header("content-type", "application/json")
                  .POST(BodyPublishers.ofString(LineJson.toJsonArray(some)))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }
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
