package org.invoiceflow.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

  private static final FakeStream STREAM = new FakeStream();
  private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();
  private static final IngestHandler HANDLER =
      new IngestHandler(
          STREAM,
          "lines",
          Access.of(Map.of("STAFF_CLAIM", "scope=staff")),
          new FakeWaiting(),
          new PrintStream(LOG, true));

  private static final EventWords WORDS =
      new EventWords(
          List.of("POST /v1/invoice-lines", "GET /v1/health", "$ /v1/invoice-lines", "POST /$"),
          List.of("content-encoding: $", "@$", "!customer_id=$", "!scope=$", "/$", "$: $"),
          List.of(
              "",
              "gzip",
              "identity",
              "text",
              "utf16",
              "base64",
              "raw64",
              "none",
              "staff",
              "17850",
              "[a staff]",
              "content-encoding",
              "v1"));

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
    RandomJson json = new RandomJson(random);
    return WORDS.head(random) + (random.nextInt(4) == 0 ? json.value(4) : json.rows());
  }

  static void answerToText(byte[] event) throws IOException {
    check(FUZZED.answerToText(event));
  }

  private static void check(FuzzedHandler.Answered answered) throws IOException {
    switch (answered.route()) {
      case "none" -> CONTRACT.checkError(answered.answer());
      case "/v1/health" -> CONTRACT.check("GET", "/v1/health", answered.answer());
      default -> CONTRACT.check("POST", "/v1/invoice-lines", answered.answer());
    }
    // Whatever was let through can be read back by the job.
    STREAM.stored.forEach(
        record ->
            assertThat(FakeStream.linesOf(record))
                .extracting(read -> read.invoiceNo())
                .containsOnly(record.partitionKey()));
    STREAM.stored.clear();
    STREAM.calls.clear();
  }
}
