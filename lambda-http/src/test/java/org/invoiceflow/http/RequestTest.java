package org.invoiceflow.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import org.junit.jupiter.api.Test;

class RequestTest {

  @Test
  void an_event_without_anything_has_empty_parts() {
    Request request = Request.of(new APIGatewayV2HTTPEvent());

    assertThat(request.method()).isEmpty();
    assertThat(request.id()).isEmpty();
    assertThat(request.routeKey()).isEmpty();
    assertThat(request.path()).containsExactly("");
    assertThat(request.body()).isEmpty();
    assertThat(request.header("content-encoding")).isEmpty();
    assertThat(request.pathParameter("invoiceNo")).isEmpty();
    assertThat(request.queryParameter("limit")).isEmpty();
  }

  @Test
  void a_header_is_found_whatever_the_case_of_its_name() {
    Request request =
        Request.of(Events.request("POST", "/").header("Content-Encoding", "gzip").build());

    assertThat(request.header("content-encoding")).contains("gzip");
  }

  @Test
  void the_path_is_cut_at_slashes_before_it_is_decoded() {
    Request request = Request.of(Events.request("GET", "/v1/invoices/a%2Fb%20c").build());

    assertThat(request.path()).containsExactly("v1", "invoices", "a/b c");
  }

  @Test
  void the_name_of_a_stage_is_no_part_of_the_path() {
    assertThat(Request.of(Events.request("GET", "/prod/v1/health").stage("prod").build()).path())
        .containsExactly("v1", "health");
    assertThat(Request.of(Events.request("GET", "/v1/health").stage("v").build()).path())
        .containsExactly("v1", "health");
  }

  @Test
  void a_path_parameter_that_the_gateway_has_decoded_is_not_decoded_again() {
    Request request =
        Request.of(
            Events.request("GET", "/v1/invoices/A%2541")
                .route("GET /v1/invoices/{invoiceNo}", "invoiceNo", "A%41")
                .build());

    assertThat(request.pathParameter("invoiceNo")).contains("A%41");
  }

  @Test
  void a_path_parameter_as_it_was_sent_is_decoded() {
    Request request =
        Request.of(
            Events.request("GET", "/v1/invoices/A%20B")
                .route("GET /v1/invoices/{invoiceNo}", "invoiceNo", "A%20B")
                .build());

    assertThat(request.pathParameter("invoiceNo")).contains("A B");
  }

  @Test
  void a_slash_encoded_twice_is_a_slash_after_a_gateway_that_decodes_the_whole_path() {
    Request request =
        Request.of(
            Events.request("GET", "/v1/invoices/a%2Fb")
                .route("GET /v1/invoices/{invoiceNo}", "invoiceNo", "a%2Fb")
                .build());

    assertThat(request.pathParameter("invoiceNo")).contains("a/b");
  }
}
