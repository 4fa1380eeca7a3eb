package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarehouseSchemaTest {

  @Test
  void redshift_gets_its_distribution_and_sort_keys_and_no_index() {
    List<String> statements = WarehouseSchema.statements("jdbc:redshift://host:5439/dev");
    assertThat(statements)
        .hasSize(3)
        .allMatch(sql -> sql.startsWith("CREATE TABLE IF NOT EXISTS "));
    assertThat(statements.get(0))
        .endsWith("DISTSTYLE KEY DISTKEY (invoice_no) SORTKEY (invoice_date)");
  }

  @Test
  void the_stand_in_gets_indexes_that_are_not_unique() {
    List<String> statements = WarehouseSchema.statements("jdbc:postgresql://host/dev");
    assertThat(statements)
        .hasSize(5)
        .noneMatch(sql -> sql.contains("UNIQUE") || sql.contains("KEY"));
    assertThat(String.join("\n", statements)).doesNotContain("DISTSTYLE").doesNotContain("${");
  }

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
