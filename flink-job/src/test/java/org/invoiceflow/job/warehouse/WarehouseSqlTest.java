package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.invoiceflow.model.warehouse.Dialect;
import org.junit.jupiter.api.Test;

class WarehouseSqlTest {

  @Test
  void only_the_words_of_the_dialect_differ_between_the_two() {
    WarehouseSql redshift = new WarehouseSql(Dialect.REDSHIFT);
    WarehouseSql postgres = new WarehouseSql(Dialect.POSTGRESQL);
    assertThat(redshift.insertNew().replace(Dialect.REDSHIFT.now(), Dialect.POSTGRESQL.now()))
        .isEqualTo(postgres.insertNew());
    assertThat(redshift.countDiffering()).isEqualTo(postgres.countDiffering());
    assertThat(redshift.lockLedger()).isEqualTo("LOCK invoice_loads");
    assertThat(postgres.lockLedger()).isEqualTo("LOCK TABLE invoice_loads IN EXCLUSIVE MODE");
  }
}
