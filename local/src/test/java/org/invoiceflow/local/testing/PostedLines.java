package org.invoiceflow.local.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/** Lines on their way to the gateway's API, as a program sends them. */
public final class PostedLines {

  private PostedLines() {}

  /**
   * Sends lines, all of which are accepted.
   *
   * @param most of one request
   * @throws IOException if the gateway cannot be reached, or does not accept them
   */
  public static void post(HttpClient http, URI gateway, List<InvoiceLine> lines, int most)
      throws IOException, InterruptedException {
    for (int from = 0; from < lines.size(); from += most) {
      List<InvoiceLine> some = lines.subList(from, Math.min(lines.size(), from + most));
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(gateway.resolve("/v1/invoice-lines"))
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(LineJson.toJsonArray(some)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 202) {
        throw new IOException("POST: " + answer.statusCode() + " " + answer.body());
      }
    }
  }
}
