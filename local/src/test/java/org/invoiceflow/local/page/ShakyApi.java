package org.invoiceflow.local.page;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The API on a bad day: it fails where it is told to, and answers in smaller pieces, so that a page
 * meets with few data what it else meets with many. Called by many threads.
 */
final class ShakyApi implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final String REST = "rest";
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> api;
  private final AtomicInteger met = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile Pattern failing = NOTHING;
  private volatile int first = 1;
  private volatile int last = Integer.MAX_VALUE;
  private volatile int invoicesAnAnswer = 100;
  private volatile int linesAnAnswer = Integer.MAX_VALUE;
  private volatile String cameEarlier = "";

  ShakyApi(RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> api) {
    this.api = api;
  }

  /** From now on every request fails whose path and query hold this; nothing else does. */
  void fail(String regex) {
    fail(regex, 1, Integer.MAX_VALUE);
  }

  /** From now on, of the requests whose path and query hold this, only that one fails. */
  void failOnly(String regex, int which) {
    fail(regex, which, which);
  }

  void recover() {
    failing = NOTHING;
  }

  private void fail(String regex, int from, int to) {
    met.set(0);
    failed.set(0);
    first = from;
    last = to;
    failing = Pattern.compile(regex);
  }

  /** How many requests have failed since it was said which ones shall. */
  int failed() {
    return failed.get();
  }

  /** Answers with no more of a customer's invoices at once than so many. */
  void shortHistories(int invoices) {
    invoicesAnAnswer = invoices;
  }

  /**
   * Puts this invoice first in the history too, as it stands there if its date has become earlier
   * between two pages.
   */
  void movesDown(String invoiceNo) {
    cameEarlier = invoiceNo;
  }

  /** Answers with no more of an invoice's lines than so many at first, and then with the others. */
  void shortInvoices(int lines) {
    linesAnAnswer = lines;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    if (failing.matcher(event.getRawPath() + "?" + event.getRawQueryString()).find()) {
      int number = met.incrementAndGet();
      if (first <= number && number <= last) {
        failed.incrementAndGet();
        return APIGatewayV2HTTPResponse.builder()
            .withStatusCode(500)
            .withBody("{\"error\":\"broken\",\"message\":\"It broke\"}")
            .build();
      }
    }
    if (event.getRawPath().startsWith("/v1/invoices/")) {
      return invoice(event, context);
    }
    return event.getRawPath().endsWith("/invoices")
        ? history(event, context)
        : api.handleRequest(event, context);
  }

  private APIGatewayV2HTTPResponse history(APIGatewayV2HTTPEvent event, Context context) {
    Map<String, String> query = new TreeMap<>(event.getQueryStringParameters());
    query.put("limit", Integer.toString(Math.min(100, invoicesAnAnswer)));
    event.setQueryStringParameters(query);
    APIGatewayV2HTTPResponse answer = api.handleRequest(event, context);
    return query.containsKey("cursor") || cameEarlier.isEmpty()
        ? answer
        : changed(
            answer,
            history -> {
              ArrayNode invoices = (ArrayNode) history.get("invoices");
              ObjectNode copy = invoices.get(0).deepCopy();
              invoices.insert(0, copy.put("invoice_no", cameEarlier));
            });
  }

  private APIGatewayV2HTTPResponse invoice(APIGatewayV2HTTPEvent event, Context context) {
    boolean rest = REST.equals(query(event).remove("cursor"));
    event.setQueryStringParameters(null);
    return changed(
        api.handleRequest(event, context),
        invoice -> {
          ArrayNode items = (ArrayNode) invoice.get("items");
          ArrayNode wanted = JSON.createArrayNode();
          for (int i = 0; i < items.size(); i++) {
            if (rest == i >= linesAnAnswer) {
              wanted.add(items.get(i));
            }
          }
          if (!rest && items.size() > wanted.size()) {
            invoice.put("next_cursor", REST);
          }
          invoice.set("items", wanted);
        });
  }

  private static Map<String, String> query(APIGatewayV2HTTPEvent event) {
    Map<String, String> query = event.getQueryStringParameters();
    return query == null ? new TreeMap<>() : new TreeMap<>(query);
  }

  private static APIGatewayV2HTTPResponse changed(
      APIGatewayV2HTTPResponse answer, Consumer<ObjectNode> change) {
    if (answer.getStatusCode() == 200) {
      try {
        ObjectNode tree = (ObjectNode) JSON.readTree(answer.getBody());
        change.accept(tree);
        answer.setBody(JSON.writeValueAsString(tree));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return answer;
  }
}
