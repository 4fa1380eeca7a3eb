package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.query.Api.CUSTOMER;
import static org.invoiceflow.query.Api.FIRST;
import static org.invoiceflow.query.Api.HISTORY;
import static org.invoiceflow.query.Api.INVOICE;
import static org.invoiceflow.query.Api.ROUTES;
import static org.invoiceflow.query.Api.ask;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A page that polls pays for a body only when there is a new one. */
class RevalidationTest {

  private static final Map<String, String> IDS =
      Map.of(INVOICE, "536365", CUSTOMER, "17850", HISTORY, "17850");

  private final Api api = new Api();

  private String tag(String route) {
    return api.get(route, IDS.get(route)).getHeaders().get("etag");
  }

  private APIGatewayV2HTTPResponse holding(String route, String tags) {
    return api.get(route, ask(route, IDS.get(route)).header("If-None-Match", tags));
  }

  @Test
  void what_has_not_changed_is_304_without_a_body() {
    api.put("536365", "17850", FIRST, 3);
    for (String route : ROUTES) {
      String tag = tag(route);
      assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"").isEqualTo(tag(route));
      for (String held : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
        APIGatewayV2HTTPResponse answer = holding(route, held);
        assertThat(answer.getStatusCode()).as(held).isEqualTo(304);
        assertThat(answer.getBody()).isEmpty();
        assertThat(answer.getHeaders())
            .containsEntry("etag", tag)
            .containsEntry("cache-control", "private, no-cache");
      }
    }
  }

  @Test
  void what_has_changed_is_200_with_another_tag() {
    api.put("536365", "17850", FIRST, 3);
    Set<String> tags = new HashSet<>();
    for (String route : ROUTES) {
      String old = tag(route);
      tags.add(old);
      api.put("536365", "17850", FIRST, 4);
      assertThat(holding(route, old).getStatusCode()).isEqualTo(200);
      assertThat(tags.add(holding(route, old).getHeaders().get("etag"))).isTrue();
      assertThat(holding(route, old.replace("\"", "")).getStatusCode()).isEqualTo(200);
      api.put("536365", "17850", FIRST, 3);
    }
  }

  @Test
  void errors_have_no_tag_and_no_condition_hides_them() {
    assertThat(holding(INVOICE, "*").getStatusCode()).isEqualTo(404);
    api.put("536365", "17850", FIRST, 3);
    String tag = tag(INVOICE);
    api.tables.down(SdkClientException.create("Connection refused"));

    APIGatewayV2HTTPResponse answer = holding(INVOICE, tag);

    assertThat(answer.getStatusCode()).isEqualTo(503);
    assertThat(answer.getHeaders()).doesNotContainKey("etag");
  }
}
