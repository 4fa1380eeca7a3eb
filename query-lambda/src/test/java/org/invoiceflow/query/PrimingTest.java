package org.invoiceflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class PrimingTest {

  private final FakeTables tables = new FakeTables();

  @Test
  void every_route_is_walked_with_the_real_client_for_what_is_not_there() {
    Priming.run(tables, FakeTables.INVOICES, FakeTables.CUSTOMERS);

    assertThat(tables.queries).hasSize(Route.Kind.values().length);
  }

  @Test
  void tables_that_cannot_be_read_make_priming_fail() {
    tables.down(SdkClientException.create("Connection refused"));

    assertThatThrownBy(() -> Priming.run(tables, FakeTables.INVOICES, FakeTables.CUSTOMERS))
        .hasMessageContaining("503");
  }
}
