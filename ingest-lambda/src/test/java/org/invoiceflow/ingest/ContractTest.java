package org.invoiceflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.http.Events.request;
import static org.invoiceflow.ingest.FakeStream.THROTTLED;
import static org.invoiceflow.ingest.FakeStream.failure;
import static org.invoiceflow.ingest.Lines.json;
import static org.invoiceflow.ingest.Lines.line;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Set;
import java.util.TreeSet;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.Events;
import org.invoiceflow.http.Noted;
import org.invoiceflow.http.OpenApiContract;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.Test;

/** What the contract declares is what the handler does, no less and no more. */
class ContractTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final String LINES = "/v1/invoice-lines";
  private static final String HEALTH = "/v1/health";
  private static final String GOOD = json(line("536365", 1));

  private final FakeStream stream = new FakeStream();
  private final FakeWaiting waiting = new FakeWaiting();
  private final IngestHandler handler =
      new IngestHandler(
          stream,
          "lines",
          Access.DEFAULT,
          waiting,
          new PrintStream(OutputStream.nullOutputStream()));
  private final Set<String> produced = new TreeSet<>();
  private final Set<String> asked = new TreeSet<>();

  private void ask(String route, Events event) {
    APIGatewayV2HTTPResponse answer = handler.handleRequest(Noted.of(event.build(), asked), null);
    CONTRACT.check(route.equals(LINES) ? "POST" : "GET", route, answer);
    produced.add(OpenApiContract.nameOf(answer));
  }

  private static Events post(String body) {
    return request("POST", LINES).body(body);
  }

  @Test
  void sending_lines_is_answered_in_every_declared_way_and_in_no_other() {
    ask(LINES, post(GOOD));
    ask(LINES, post("[{}]"));
    ask(LINES, post("{"));
    ask(LINES, post(GOOD).token());
    ask(LINES, request("PUT", LINES).body(GOOD));
    ask(LINES, post(" ".repeat(RequestBody.MAX_BYTES + 1)));
    ask(LINES, post(LineJson.toJsonArray(Lines.lines("536365", LineIntake.MAX_LINES + 1))));
    stream.refusingAll(THROTTLED);
    ask(LINES, post(GOOD));
    stream.down(failure(400, "AccessDeniedException"));
    ask(LINES, post(GOOD));

    assertThat(produced).isEqualTo(CONTRACT.answers("POST", LINES));
    assertThat(asked).isEqualTo(CONTRACT.parameters("POST", LINES));
  }

  @Test
  void health_is_answered_in_every_declared_way_and_in_no_other() {
    ask(HEALTH, request("GET", HEALTH));
    ask(HEALTH, request("HEAD", HEALTH));
    stream.down(failure(400, THROTTLED));
    handler.handleRequest(post(GOOD).build(), null);
    ask(HEALTH, request("GET", HEALTH));
    stream.down(failure(500, "InternalFailure"));
    waiting.pass(StreamHealth.KNOWN_FOR);
    ask(HEALTH, request("GET", HEALTH));

    assertThat(produced).isEqualTo(CONTRACT.answers("GET", HEALTH));
    assertThat(asked).isEqualTo(CONTRACT.parameters("GET", HEALTH));
  }

  @Test
  void a_line_may_have_every_declared_field_and_must_have_the_required_ones() throws Exception {
    InvoiceLine line = line("536365", 1).toBuilder().sourceFile("lines.csv").build();
    ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(LineJson.toJson(line));
    assertThat(whole.properties().stream().map(field -> field.getKey()))
        .containsExactlyInAnyOrderElementsOf(CONTRACT.properties("SentLine", false));
    assertThat(status(whole)).isEqualTo(202);
    for (String field : CONTRACT.properties("SentLine", false)) {
      ObjectNode without = whole.deepCopy().without(field);
      boolean isRequired = CONTRACT.properties("SentLine", true).contains(field);
      assertThat(status(without)).as("without %s", field).isEqualTo(isRequired ? 422 : 202);
    }
  }

  private int status(ObjectNode line) {
    return handler.handleRequest(post(line.toString()).build(), null).getStatusCode();
  }
}
