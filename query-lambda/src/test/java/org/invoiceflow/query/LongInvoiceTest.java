package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.query.Api.INVOICE;
import static org.invoiceflow.query.Api.ask;
import static org.invoiceflow.query.Api.body;
import static org.invoiceflow.query.Api.error;
import static org.invoiceflow.query.Views.line;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Invoices longer than what Lambda can pass on. */
class LongInvoiceTest {

  /** Lambda's limit of an answer, which counts the whole response as JSON. */
  private static final int LAMBDA_LIMIT = 6_291_556;

  /** The costliest descriptions: 3 bytes a character; and two characters for one, escaped twice. */
  private static final List<String> LONGEST = List.of("€".repeat(333), "\\\"".repeat(500));

  private final Api api = new Api();

  private void put(String invoiceNo, int lines, String description) {
    Views.put(
        api.tables,
        IntStream.rangeClosed(1, lines)
            .mapToObj(n -> line(invoiceNo, n).toBuilder().description(description).build())
            .toList());
  }

  /** The pages' bodies, by following the cursors. */
  private List<JsonNode> walk(String invoiceNo) throws IOException {
    List<JsonNode> pages = new ArrayList<>();
    APIGatewayV2HTTPResponse answer = api.get(INVOICE, invoiceNo);
    while (true) {
      assertThat(new ObjectMapper().writeValueAsBytes(asLambdaSends(answer)).length)
          .isLessThan(LAMBDA_LIMIT);
      pages.add(body(answer));
      JsonNode cursor = pages.get(pages.size() - 1).get("next_cursor");
      if (cursor == null) {
        return pages;
      }
      answer = api.get(INVOICE, ask(INVOICE, invoiceNo).query("cursor", cursor.asText()));
    }
  }

  private static Map<String, Object> asLambdaSends(APIGatewayV2HTTPResponse answer) {
    return Map.of(
        "statusCode", answer.getStatusCode(),
        "headers", answer.getHeaders(),
        "body", answer.getBody());
  }

  @Test
  void a_long_invoice_comes_in_several_answers_each_with_the_whole_summary() throws IOException {
    for (String description : LONGEST) {
      put("536365", 4_000, description);
      api.tables.pageSize(2);

      List<JsonNode> pages = walk("536365");

      assertThat(pages).hasSizeGreaterThan(1);
      assertThat(
              pages.stream()
                  .flatMap(page -> page.get("items").findValues("LineNo").stream())
                  .map(JsonNode::asInt))
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 4_000).boxed().toList());
      assertThat(pages)
          .allSatisfy(
              page -> {
                assertThat(page.get("line_count").asInt()).isEqualTo(4_000);
                assertThat(page.get("total").decimalValue()).isEqualByComparingTo("61228.8");
              });
    }
  }

  @Test
  void no_more_is_read_than_an_answer_holds() {
    put("536365", 4_000, LONGEST.get(0));
    api.tables.pageSize(1);

    api.get(INVOICE, "536365");

    assertThat(api.tables.queries).hasSizeLessThan(60);
  }

  @Test
  void a_cursor_of_another_invoice_or_an_altered_one_is_400() {
    put("536365", 1, "x");
    put("536366", 1, "x");
    String cursor = new PartCursor("536365", "0001").toText();
    for (String bad :
        List.of(
            "",
            "x",
            cursor + "A",
            cursor.substring(1),
            new PartCursor("536365", "1").toText(),
            new PartCursor("536365", "9999").toText(),
            new Cursor("536365", "2010-12-01T08:26:00", "1").toText())) {
      assertThat(error(api.get(INVOICE, ask(INVOICE, "536365").query("cursor", bad))))
          .isEqualTo("400 bad_cursor");
    }
    assertThat(error(api.get(INVOICE, ask(INVOICE, "536366").query("cursor", cursor))))
        .isEqualTo("400 bad_cursor");
  }

  @Test
  void a_cursor_of_an_invoice_that_is_not_there_is_404() {
    String cursor = new PartCursor("536365", "0001").toText();

    assertThat(error(api.get(INVOICE, ask(INVOICE, "536365").query("cursor", cursor))))
        .isEqualTo("404 no_such_invoice");
  }
}
