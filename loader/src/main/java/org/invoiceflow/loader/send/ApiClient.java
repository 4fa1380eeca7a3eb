package org.invoiceflow.loader.send;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.invoiceflow.loader.auth.Authorization;
import org.invoiceflow.loader.auth.AuthorizationException;

/**
 * Posts one body and says what came of it. Failures of the network are a {@link Reply.Later}, not
 * an exception. Used from any thread; connections are kept alive.
 */
final class ApiClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** API Gateway itself answers within 30 seconds. */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(35);

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int ALL_REJECTED = 422;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI endpoint;
  private final Authorization authorization;
  private final Clock clock;
  private final Duration limit;

  /**
   * @param limit from the request's start to the answer's last byte
   */
  ApiClient(URI endpoint, Authorization authorization, Clock clock, Duration limit) {
    this.endpoint = endpoint;
    this.authorization = authorization;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * @param body a JSON array
   * @param lines number of its elements
   * @throws GaveUpException if the request cannot be authorized
   */
  Reply post(byte[] body, int lines) throws GaveUpException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    authorize(request, body);
    try {
      return reply(answer(request.build()), lines);
    } catch (IOException e) {
      return new Reply.Later(reasonOf(e), Optional.empty());
    }
  }

  /** Not by the request's own time limit, which ends with the answer's headers. */
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("the request failed for a reason that is not the net's", e);
    } finally {
      // Closes the connection if the answer is not there.
      answer.cancel(true);
    }
  }

  private void authorize(HttpRequest.Builder request, byte[] body) throws GaveUpException {
    try {
      authorization.headers(endpoint, body).forEach(request::setHeader);
    } catch (AuthorizationException e) {
      throw new GaveUpException("the request cannot be authorized: " + e.getMessage() + ".");
    }
  }

  private Reply reply(HttpResponse<byte[]> response, int lines) {
    int status = response.statusCode();
    if (status / 100 == 2 || status == ALL_REJECTED) {
      return AnswerReader.answer(response.body(), lines)
          .<Reply>map(answer -> answer)
          .orElseGet(
              () ->
                  new Reply.Refused(
                      "its answer (status "
                          + status
                          + ") does not account for the "
                          + lines
                          + " lines sent"
                          + said(response)));
    }
    if (status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT || status / 100 == 5) {
      return new Reply.Later(
          "status " + status + said(response),
          response.headers().firstValue("Retry-After").flatMap(v -> RetryAfter.parse(v, clock)));
    }
    return new Reply.Refused("status " + status + said(response));
  }

  private static String said(HttpResponse<byte[]> response) {
    String text = AnswerReader.errorText(response.body());
    return text.isEmpty() ? "" : ": " + text;
  }

  private static String reasonOf(IOException e) {
    if (e.getCause() instanceof UnresolvedAddressException) {
      return "its host name is unknown";
    }
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within " + CONNECT_TIMEOUT.toSeconds() + " s";
    }
    if (e instanceof ConnectException) {
      return "the connection was refused";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
