package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.query.Api.CUSTOMER;
import static org.invoiceflow.query.Api.FIRST;
import static org.invoiceflow.query.Api.HISTORY;
import static org.invoiceflow.query.Api.INVOICE;
import static org.invoiceflow.query.Api.ROUTES;
import static org.invoiceflow.query.Api.ask;
import static org.invoiceflow.query.FakeTables.failure;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.invoiceflow.http.Events;
import org.invoiceflow.http.OpenApiContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract declares is what the handler does, no less and no more. */
class ContractTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final Map<String, String> IDS =
      Map.of(INVOICE, "536365", CUSTOMER, "17850", HISTORY, "17850");

  private final Api api = new Api();
  private final Set<String> produced = new TreeSet<>();

  private void note(String route, Events event) {
    produced.add(OpenApiContract.nameOf(api.get(route, event)));
  }

  @ParameterizedTest
  @ValueSource(strings = {INVOICE, CUSTOMER, HISTORY})
  void a_route_is_answered_in_every_declared_way_and_in_no_other(String route) {
    String id = IDS.get(route);
    api.put("536365", "17850", FIRST, 2);
    note(route, ask(route, id));
    note(route, ask(route, id).header("if-none-match", "*"));
    note(route, ask(route, "x".repeat(65)));
    note(route, ask(route, id).token());
    note(route, ask(route, "nobody"));
    note(route, Events.request("DELETE", route.replaceAll("\\{.*\\}", id)));
    Set<String> parameters = CONTRACT.parameters("GET", route);
    if (parameters.contains("query cursor")) {
      note(route, ask(route, id).query("cursor", "x"));
    }
    if (parameters.contains("query limit")) {
      note(route, ask(route, id).query("limit", "x"));
    }
    Set<String> asked = api.askedFor(route, ask(route, id));
    api.tables.down(failure(400, "ThrottlingException"));
    note(route, ask(route, id));
    api.tables.down(failure(500, "InternalServerError"));
    note(route, ask(route, id));

    assertThat(produced).isEqualTo(CONTRACT.answers("GET", route));
    parameters.removeIf(parameter -> parameter.startsWith("path "));
    assertThat(asked).isEqualTo(parameters);
  }

  @Test
  void the_routes_are_the_declared_ones() {
    assertThat(Arrays.stream(Route.Kind.values()).map(Route.Kind::pattern))
        .containsExactlyInAnyOrderElementsOf(ROUTES);
    assertThat(CONTRACT.paths())
        .containsAll(ROUTES)
        .contains("/v1/invoice-lines", "/v1/health")
        .hasSize(5);
    for (Route.Kind kind : Route.Kind.values()) {
      assertThat(CONTRACT.parameters("GET", kind.pattern()))
          .contains("path " + kind.pattern().replaceAll(".*\\{(.*)\\}.*", "$1"));
    }
  }
}
