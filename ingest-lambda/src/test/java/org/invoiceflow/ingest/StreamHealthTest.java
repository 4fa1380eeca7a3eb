package org.invoiceflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.http.Events.request;
import static org.invoiceflow.ingest.FakeStream.THROTTLED;
import static org.invoiceflow.ingest.FakeStream.failure;
import static org.invoiceflow.ingest.Lines.json;
import static org.invoiceflow.ingest.Lines.line;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.OpenApiContract;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

class StreamHealthTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final Duration A_MOMENT = Duration.ofMillis(1);

  private final FakeStream stream = new FakeStream();
  private final FakeWaiting waiting = new FakeWaiting();
  private final IngestHandler handler =
      new IngestHandler(
          stream,
          "lines",
          Access.DEFAULT,
          waiting,
          new PrintStream(OutputStream.nullOutputStream()));

  private int health() {
    APIGatewayV2HTTPResponse answer =
        handler.handleRequest(request("GET", "/v1/health").build(), null);
    CONTRACT.check("GET", "/v1/health", answer);
    return answer.getStatusCode();
  }

  private int send() {
    return handler
        .handleRequest(
            request("POST", "/v1/invoice-lines").body(json(line("536365", 1))).build(), null)
        .getStatusCode();
  }

  private void forget() {
    waiting.pass(StreamHealth.FAILURE_KNOWN_FOR);
  }

  @Test
  void a_stream_that_is_active_or_being_resharded_is_well() {
    assertThat(health()).isEqualTo(200);
    forget();
    stream.status(StreamStatus.UPDATING);
    assertThat(health()).isEqualTo(200);
  }

  @Test
  void a_stream_that_is_not_there_or_not_ready_is_not() {
    stream.status(StreamStatus.CREATING);
    assertThat(health()).isEqualTo(503);
    forget();
    stream.down(failure(400, "ResourceNotFoundException"));
    assertThat(health()).isEqualTo(503);
  }

  @Test
  void however_often_health_is_checked_the_stream_is_asked_once_in_some_seconds() {
    for (int i = 0; i < 100; i++) {
      assertThat(health()).isEqualTo(200);
    }
    assertThat(stream.described).isEqualTo(1);

    waiting.pass(StreamHealth.KNOWN_FOR.minus(A_MOMENT));
    health();
    assertThat(stream.described).isEqualTo(1);
    stream.down(failure(500, "InternalFailure"));
    waiting.pass(A_MOMENT);
    assertThat(health()).isEqualTo(503);
    assertThat(health()).isEqualTo(503);
    assertThat(stream.described).isEqualTo(2);
  }

  @Test
  void what_a_write_has_shown_counts_more_than_the_streams_status() {
    stream.down(failure(400, "AccessDeniedException"));
    assertThat(send()).isEqualTo(503);
    stream.up();
    assertThat(health()).isEqualTo(503);
    waiting.pass(StreamHealth.FAILURE_KNOWN_FOR.minus(A_MOMENT));
    assertThat(health()).isEqualTo(503);
    assertThat(stream.described).isZero();

    waiting.pass(A_MOMENT);
    assertThat(health()).isEqualTo(200);
    assertThat(stream.described).isEqualTo(1);
  }

  @Test
  void a_write_that_succeeds_ends_what_a_failed_one_has_shown() {
    stream.down(failure(400, "AccessDeniedException"));
    send();
    stream.up();
    assertThat(send()).isEqualTo(202);

    assertThat(health()).isEqualTo(200);
    assertThat(stream.described).isZero();
  }

  @Test
  void a_stream_that_throttles_its_writers_says_so() {
    stream.refusingAll(THROTTLED);
    assertThat(send()).isEqualTo(429);

    assertThat(health()).isEqualTo(429);
    waiting.pass(StreamHealth.KNOWN_FOR);
    assertThat(health()).isEqualTo(200);
  }

  @Test
  void being_asked_too_often_by_others_changes_nothing_that_was_known() {
    assertThat(health()).isEqualTo(200);
    waiting.pass(StreamHealth.KNOWN_FOR);
    stream.down(failure(400, "LimitExceededException"));
    assertThat(health()).isEqualTo(200);
    assertThat(stream.described).isEqualTo(2);
  }

  @Test
  void nothing_known_and_no_answer_but_too_often_is_429() {
    stream.down(failure(400, "LimitExceededException"));

    assertThat(health()).isEqualTo(429);
  }
}
