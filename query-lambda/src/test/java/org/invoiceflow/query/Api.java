package org.invoiceflow.query;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.Events;
import org.invoiceflow.http.Noted;
import org.invoiceflow.http.OpenApiContract;

/** The handler over tables in memory; holds every answer to the contract. */
final class Api {

  static final String INVOICE = "/v1/invoices/{invoiceNo}";
  static final String CUSTOMER = "/v1/customers/{customerId}";
  static final String HISTORY = "/v1/customers/{customerId}/invoices";
  static final List<String> ROUTES = List.of(INVOICE, CUSTOMER, HISTORY);
  static final LocalDateTime FIRST = LocalDateTime.of(2010, 12, 1, 8, 26);

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  final FakeTables tables = new FakeTables();
  private final QueryHandler handler =
      new QueryHandler(
          tables,
          FakeTables.INVOICES,
          FakeTables.CUSTOMERS,
          Access.of(Map.of("STAFF_CLAIM", "cognito:groups=staff")),
          new PrintStream(OutputStream.nullOutputStream()));

  /** A request on one of the routes; the id stands in the path as it is. */
  static Events ask(String route, String id) {
    return Events.request("GET", route.replaceAll("\\{.*\\}", id));
  }

  APIGatewayV2HTTPResponse get(String route, Events event) {
    APIGatewayV2HTTPResponse answer = handler.handleRequest(event.build(), null);
    CONTRACT.check("GET", route, answer);
    return answer;
  }

  APIGatewayV2HTTPResponse get(String route, String id) {
    return get(route, ask(route, id));
  }

  /** Which headers and query parameters the handler looks at. */
  Set<String> askedFor(String route, Events event) {
    Set<String> asked = new TreeSet<>();
    CONTRACT.check("GET", route, handler.handleRequest(Noted.of(event.build(), asked), null));
    return asked;
  }

  /** An invoice of so many lines. */
  void put(String invoiceNo, String customerId, LocalDateTime date, int lines) {
    Views.put(
        tables,
        IntStream.rangeClosed(1, lines)
            .mapToObj(lineNo -> Views.line(invoiceNo, lineNo, customerId, date))
            .toList());
  }

  static JsonNode body(APIGatewayV2HTTPResponse answer) {
    try {
      return JSON.readTree(answer.getBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String error(APIGatewayV2HTTPResponse answer) {
    return answer.getStatusCode() + " " + body(answer).path("error").asText();
  }
}
