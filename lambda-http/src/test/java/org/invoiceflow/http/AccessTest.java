package org.invoiceflow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

  private static Caller caller(Access access, Events event) {
    return access.callerOf(Request.of(event.build()));
  }

  private static Events get() {
    return Events.request("GET", "/v1/customers/17850");
  }

  @Test
  void without_settings_customer_id_is_the_customers_claim_and_no_token_is_staffs() {
    Access access = Access.of(Map.of());

    assertThat(access).isEqualTo(Access.DEFAULT);
    assertThat(caller(access, get().claim("customer_id", "17850")))
        .isEqualTo(new Caller.Customer("17850"));
    assertThat(caller(access, get().claim("scope", "admin"))).isInstanceOf(Caller.Stranger.class);
    assertThat(caller(access, get().claim("", ""))).isInstanceOf(Caller.Stranger.class);
    assertThat(caller(access, get())).isEqualTo(new Caller.Trusted());
    assertThat(caller(access, get().iam())).isEqualTo(new Caller.Trusted());
  }

  @Test
  void both_claims_can_be_named() {
    Access access =
        Access.of(Map.of("CUSTOMER_CLAIM", "custom:customer", "STAFF_CLAIM", "scope=api/staff=1"));

    assertThat(caller(access, get().claim("custom:customer", "17850")))
        .isEqualTo(new Caller.Customer("17850"));
    assertThat(caller(access, get().claim("customer_id", "17850")))
        .isInstanceOf(Caller.Stranger.class);
    assertThat(caller(access, get().claim("scope", "openid api/staff=1")))
        .isEqualTo(new Caller.Trusted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"staff", "=staff", "scope=", "scope=a b", " ", "groups=a\tb"})
  void a_staff_claim_that_is_not_name_and_value_is_refused_at_the_start(String text) {
    assertThatThrownBy(() -> Access.of(Map.of("STAFF_CLAIM", text)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("STAFF_CLAIM must be NAME=VALUE");
  }

  @Test
  void a_token_whose_claims_are_missing_is_a_strangers() {
    Events event = get().token();
    var built = event.build();
    built.getRequestContext().getAuthorizer().getJwt().setClaims(null);

    assertThat(Access.DEFAULT.callerOf(Request.of(built))).isInstanceOf(Caller.Stranger.class);
  }
}
