package org.invoiceflow.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {

  private final Route invoices = new Route("GET", "/v1/customers/{customerId}/invoices");

  @Test
  void a_parameter_is_decoded_and_a_plus_sign_is_itself() {
    assertThat(invoices.match("GET", "/v1/customers/a%2Fb+c%20%C2%A3/invoices"))
        .contains(Map.of("customerId", "a/b+c £"));
  }

  @Test
  void another_method_or_path_does_not_match() {
    assertThat(invoices.match("POST", "/v1/customers/1/invoices")).isEmpty();
    assertThat(invoices.match("GET", "/v1/customers/1")).isEmpty();
    assertThat(invoices.match("GET", "/v1/customers/1/invoices/")).isEmpty();
    assertThat(invoices.match("GET", "/v1/customers/1/orders")).isEmpty();
  }

  @Test
  void an_empty_parameter_does_not_match() {
    assertThat(invoices.match("GET", "/v1/customers//invoices")).isEmpty();
  }
}
