package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.invoiceflow.loader.FakeApi;
import org.invoiceflow.loader.auth.Authorization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryingClientTest {

  private static final byte[] LINE =
      ("[{\"InvoiceNo\":\"1\",\"LineNo\":1,\"StockCode\":\"a\",\"Quantity\":1,"
              + "\"InvoiceDate\":\"2010-12-31T08:26\",\"UnitPrice\":1,\"Country\":\"x\"}]")
          .getBytes(StandardCharsets.UTF_8);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
  private final List<String> waits = new ArrayList<>();
  private FakeApi api;
  private RetryingClient client;
  private boolean anotherSends;

  @BeforeEach
  void start() throws Exception {
    api = new FakeApi();
    URI endpoint = URI.create(api.url() + "/v1/invoice-lines");
    client =
        new RetryingClient(
            new ApiClient(endpoint, Authorization.none(), Clock.systemUTC(), Duration.ofMinutes(1)),
            new Backoff(() -> 0L),
            now::get,
            this::sleep,
            3,
            SendListener.NONE);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void what_one_request_is_asked_to_wait_every_other_waits_too() throws Exception {
    anotherSends = true;
    api.first(FakeApi.status(429, "", "Retry-After", "300"));

    Reply.Answered answer = client.send(LINE, 1);

    assertThat(answer.accepted()).isEqualTo(1);
    assertThat(waits).containsExactly("300 s after 1 requests", "300 s after 1 requests");
    assertThat(client.requests()).isEqualTo(3);
    assertThat(client.retries()).as("a wait spends no try of another's").isEqualTo(1);
  }

  @Test
  void without_retry_after_only_the_request_that_failed_waits() throws Exception {
    anotherSends = true;
    api.first(FakeApi.status(503, ""));

    client.send(LINE, 1);

    assertThat(waits).containsExactly("0 s after 1 requests");
    assertThat(client.requests()).isEqualTo(3);
  }

  /** While one sender waits for the first time, another one sends. */
  private void sleep(Duration delay) throws InterruptedException {
    waits.add(delay.toSeconds() + " s after " + api.bodies().size() + " requests");
    if (anotherSends) {
      anotherSends = false;
      try {
        client.send(LINE, 1);
      } catch (GaveUpException e) {
        throw new IllegalStateException(e);
      }
    }
    now.addAndGet(delay.toNanos());
  }
}
