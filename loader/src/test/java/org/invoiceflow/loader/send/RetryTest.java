package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.invoiceflow.loader.FakeApi;
import org.invoiceflow.loader.TestFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loader does when a request does not go well. */
class RetryTest {

  @TempDir private Path folder;
  private final Loaders loaders = new Loaders();
  private final List<String> reasons = Collections.synchronizedList(new ArrayList<>());
  private FakeApi api;
  private SendOptions options;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    Path file =
        TestFiles.csv(
            folder,
            "f.csv",
            "1,a,d,1,12/31/2010 8:26,1,,x",
            "2,b,d,1,12/31/2010 8:26,1,,x",
            "3,c,d,1,12/31/2010 8:26,1,,x");
    options = SendOptions.of(file, api.url()).withInFlight(1);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void throttling_and_outages_are_waited_out() throws Exception {
    api.first(FakeApi.status(429, ""), FakeApi.status(503, "down"), FakeApi.status(500, ""));

    SendResult result = send(options);

    assertThat(result.accepted()).isEqualTo(3);
    assertThat(result.requests()).isEqualTo(4);
    assertThat(result.retries()).isEqualTo(3);
    assertThat(reasons).containsExactly("status 429", "status 503: down", "status 500");
  }

  @Test
  void the_whole_body_is_sent_again() throws Exception {
    api.first(FakeApi.status(429, ""));

    send(options);

    assertThat(api.bodies()).hasSize(2);
    assertThat(api.bodies().get(1)).isEqualTo(api.bodies().get(0));
  }

  @Test
  void a_connection_that_the_server_closes_is_opened_again() throws Exception {
    api.first(FakeApi.hangUp());

    SendResult result = send(options);

    assertThat(result.accepted()).isEqualTo(3);
    assertThat(result.retries()).isEqualTo(1);
  }

  @Test
  void retry_after_is_honoured_in_seconds_and_as_a_date() throws Exception {
    api.first(
        FakeApi.status(429, "", "Retry-After", "7"),
        FakeApi.status(503, "", "Retry-After", "Fri, 2 Jan 2026 03:04:25 GMT"),
        FakeApi.status(429, "", "Retry-After", "soon"));

    send(options);

    assertThat(loaders.waits)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20), Duration.ZERO);
  }

  @Test
  void only_failures_that_may_pass_are_tried_again() {
    api.first(FakeApi.status(400, "{\"error\":\"unreadable_body\",\"message\":\"No JSON\"}"));

    assertThatThrownBy(() -> send(options))
        .isInstanceOf(GaveUpException.class)
        .hasMessageContaining("the service refused the request: status 400: No JSON.");
    assertThat(api.bodies()).hasSize(1);
    assertThat(loaders.waits).isEmpty();
  }

  @Test
  void it_gives_up_after_so_many_tries_and_says_which_lines_are_in_doubt() throws Exception {
    api.first(ok(), FakeApi.status(503, "a"), FakeApi.status(503, "b"), FakeApi.status(503, "c"));

    ThrowingCallable sending = () -> send(options.withBatchLines(1).withTries(3));

    assertThatThrownBy(sending)
        .isInstanceOf(GaveUpException.class)
        .hasMessageStartingWith("Gave up on line 3 of f.csv (")
        .hasMessageEndingWith("the service failed 3 times, the last time because: status 503: c.")
        .asInstanceOf(type(GaveUpException.class))
        .satisfies(
            e -> {
              SendResult result = e.soFar().orElseThrow();
              assertThat(result.accepted()).isEqualTo(1);
              assertThat(result.retries()).isEqualTo(2);
            });
  }

  @Test
  void a_service_that_is_not_there_is_named_as_such() throws Exception {
    try (Socket reserved = new Socket()) {
      // Bound, so that nobody else listens there.
      reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI url = URI.create("http://127.0.0.1:" + reserved.getLocalPort());
      SendOptions nobody = SendOptions.of(options.file(), url);

      assertThatThrownBy(() -> send(nobody.withTries(2)))
          .isInstanceOf(GaveUpException.class)
          .hasMessageEndingWith("because: the connection was refused.");
    }
    assertThat(loaders.waits).isNotEmpty();
  }

  @Test
  void an_answer_that_does_not_account_for_every_line_is_not_believed() {
    api.first(FakeApi.status(202, "{\"accepted\":2,\"rejected\":[]}"));

    assertThatThrownBy(() -> send(options))
        .isInstanceOf(GaveUpException.class)
        .hasMessageContaining("does not account for the 3 lines sent");
  }

  @Test
  void a_page_of_some_other_server_is_not_an_answer() {
    api.first(FakeApi.status(200, "<html>\n<h1>Welcome</h1>"));

    assertThatThrownBy(() -> send(options))
        .isInstanceOf(GaveUpException.class)
        .hasMessageContaining("<html> <h1>Welcome</h1>");
  }

  private static FakeApi.Misbehaviour ok() {
    return FakeApi.status(202, "{\"accepted\":1,\"rejected\":[]}");
  }

  private SendResult send(SendOptions with) throws Exception {
    SendListener listener =
        new SendListener() {
          @Override
          public void progress(Progress progress) {}

          @Override
          public void waiting(String reason, int attempt, Duration delay) {
            reasons.add(reason);
          }
        };
    return loaders.withoutJitter().send(with, listener);
  }
}
