package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.Events;

class QueryFuzzTest {

  private final FakeTables tables = new FakeTables();
  private final QueryHandler handler =
      new QueryHandler(
          tables,
          FakeTables.INVOICES,
          FakeTables.CUSTOMERS,
          Access.DEFAULT,
          new PrintStream(OutputStream.nullOutputStream()));

  private int status(Events event) {
    return handler.handleRequest(event.build(), null).getStatusCode();
  }

  @Property(tries = 500)
  void arbitrary_paths_are_never_our_fault(@ForAll String path, @ForAll String method) {
    assertThat(status(Events.request(method, path))).isBetween(400, 499);
    assertThat(status(Events.request("GET", "/v1/invoices/" + path))).isBetween(400, 499);
  }

  @Property(tries = 500)
  void arbitrary_parameters_are_never_our_fault(
      @ForAll String id, @ForAll String limit, @ForAll String cursor) {
    Views.put(tables, List.of(Views.line("536365", 1)));
    Events arbitrary =
        Events.request("GET", "/v1/customers/x/invoices")
            .route("GET /v1/customers/{customerId}/invoices", "customerId", id)
            .query("limit", limit)
            .query("cursor", cursor);
    assertThat(status(arbitrary)).isBetween(400, 499);
    Events ofCustomer = Events.request("GET", "/v1/customers/17850/invoices");
    assertThat(status(ofCustomer.query("cursor", cursor))).isEqualTo(400);
  }

  @Property(tries = 5000)
  void events_of_words_keep_the_contract(@ForAll Random random) throws IOException {
    AnyEventTest.answerToText(AnyEventTest.words(random).getBytes(StandardCharsets.UTF_8));
  }
}
