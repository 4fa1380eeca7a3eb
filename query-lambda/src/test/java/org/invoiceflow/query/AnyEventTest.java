package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.EventWords;
import org.invoiceflow.http.FuzzedHandler;
import org.invoiceflow.http.OpenApiContract;

/**
 * Whatever an event holds, the handler answers as the contract says, and never with a fault of
 * ours. The inputs in the folder {@code AnyEventTestInputs} are replayed in every build; with
 * {@code JAZZER_FUZZ=1} Jazzer searches for more, and keeps there what breaks the test. {@link
 * FuzzedHandler} says how an input becomes an event.
 */
class AnyEventTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();

  private static final FakeTables TABLES = new FakeTables();
  private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();
  private static final QueryHandler HANDLER =
      new QueryHandler(
          TABLES,
          FakeTables.INVOICES,
          FakeTables.CUSTOMERS,
          Access.of(Map.of("STAFF_CLAIM", "scope=staff")),
          new PrintStream(LOG, true));

  static {
    LocalDateTime first = LocalDateTime.of(2010, 12, 1, 8, 26);
    for (int i = 0; i < 5; i++) {
      String invoiceNo = Integer.toString(536365 + i);
      Views.put(
          TABLES,
          IntStream.rangeClosed(1, 3)
              .mapToObj(n -> Views.line(invoiceNo, n, "17850", first))
              .toList());
    }
    TABLES.pageSize(2);
  }

  private static final EventWords WORDS =
      new EventWords(
          List.of(
              "GET /v1/invoices/$",
              "GET /v1/customers/$",
              "GET /v1/customers/$/invoices",
              "GET /page/$",
              "$ /v1/invoices/536365",
              "GET $"),
          List.of(
              "?limit=$",
              "?cursor=$",
              "if-none-match: $",
              "!customer_id=$",
              "!scope=$",
              "{invoiceNo=$",
              "{customerId=$",
              ">GET /v1/invoices/{invoiceNo}",
              ">GET /v1/customers/{customerId}",
              ">GET /v1/customers/{customerId}/invoices",
              "/$",
              "@raw64"),
          List.of(
              "",
              "536365",
              "17850",
              "100",
              "-1",
              "[17850]",
              "staff",
              "*",
              "a%2Fb",
              "main.js",
              new Cursor("17850", "2010-12-01T08:26:00", "536367").toText(),
              new Cursor("17850", "0000-99-99T99:99:99", "").toText(),
              new PartCursor("536365", "0001").toText(),
              new PartCursor("536365", "9999").toText()));

  private static final FuzzedHandler FUZZED =
      new FuzzedHandler(LOG, AnyEventTest::words, event -> HANDLER.handleRequest(event, null));

  @FuzzTest(maxDuration = "30s")
  @DictionaryFile(resourcePath = "event.dict")
  void the_answer_keeps_the_contract(byte[] event) throws IOException {
    check(FUZZED.answerTo(event));
  }

  /** For Jazzer's own command line. */
  public static void fuzzerTestOneInput(byte[] event) throws IOException {
    check(FUZZED.answerTo(event));
  }

  static String words(Random random) {
    return WORDS.head(random);
  }

  static void answerToText(byte[] event) throws IOException {
    check(FUZZED.answerToText(event));
  }

  private static void check(FuzzedHandler.Answered answered) throws IOException {
    String route = answered.route();
    if (CONTRACT.paths().contains(route)) {
      CONTRACT.check("GET", route, answered.answer());
    } else if (answered.answer().getStatusCode() >= 400) {
      CONTRACT.checkError(answered.answer());
    } else {
      assertThat(route).as("the page is no part of the contract").isIn("/", "/page/{file}");
    }
    TABLES.queries.clear();
  }
}
