package org.invoiceflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.Events;
import org.invoiceflow.http.OpenApiContract;

/**
 * Edge cases of nested values are left out: their combinations exhaust memory before the first try.
 */
class IngestFuzzTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final String LINES = "/v1/invoice-lines";
  private final FakeStream stream = new FakeStream();
  private final IngestHandler handler =
      new IngestHandler(
          stream,
          "lines",
          Access.DEFAULT,
          new FakeWaiting(),
          new PrintStream(OutputStream.nullOutputStream()));

  private int expectAnswerBelow500(Events event) {
    APIGatewayV2HTTPResponse answer = handler.handleRequest(event.build(), null);
    assertThat(answer.getStatusCode()).isBetween(200, 499);
    CONTRACT.check("POST", LINES, answer);
    // Whatever was let through can be read back by the job.
    assertThat(stream.stored)
        .allSatisfy(
            record ->
                assertThat(FakeStream.linesOf(record))
                    .extracting(line -> line.invoiceNo())
                    .containsOnly(record.partitionKey()));
    stream.stored.clear();
    stream.calls.clear();
    return answer.getStatusCode();
  }

  @Property(tries = 500)
  void arbitrary_bytes_are_never_our_fault(@ForAll byte[] body, @ForAll boolean gzip) {
    Events event = Events.request("POST", LINES).body(body);
    expectAnswerBelow500(gzip ? event.header("content-encoding", "gzip") : event);
  }

  @Property(tries = 500)
  void arbitrary_text_is_never_our_fault(@ForAll String body, @ForAll boolean base64) {
    Events event = Events.request("POST", LINES);
    expectAnswerBelow500(base64 ? event.brokenBase64(body) : event.body(body));
  }

  @Property(tries = 2000)
  void arbitrary_json_is_never_our_fault(@ForAll Random random) {
    expectAnswerBelow500(Events.request("POST", LINES).body(new RandomJson(random).value(4)));
  }

  @Property(tries = 2000)
  void rows_with_any_values_are_never_our_fault(@ForAll Random random) {
    int status =
        expectAnswerBelow500(Events.request("POST", LINES).body(new RandomJson(random).rows()));
    Statistics.collect(status);
    Statistics.coverage(
        share -> {
          share.check(202).percentage(p -> p > 20);
          share.check(422).percentage(p -> p > 5);
        });
  }

  @Property(tries = 2000)
  void events_of_words_keep_the_contract(@ForAll Random random) throws IOException {
    AnyEventTest.answerToText(AnyEventTest.words(random).getBytes(StandardCharsets.UTF_8));
  }
}
