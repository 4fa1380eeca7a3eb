package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.invoiceflow.model.warehouse.Dialect;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.invoiceflow.model.warehouse.SchemaMigration;
import org.invoiceflow.model.warehouse.SchemaVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaMigrationITCase {

  private WarehouseDatabase database;

  @BeforeEach
  void newDatabase() throws Exception {
    database = WarehouseDatabase.withoutTables();
  }

  @Test
  void an_empty_database_gets_all_versions_once() throws Exception {
    assertThat(migrate()).hasSameSizeAs(SchemaVersion.all());
    assertThat(migrate()).isEmpty();
    assertThat(database.number("SELECT count(*) FROM invoice_schema_versions"))
        .isEqualTo(SchemaVersion.all().size());
    assertThat(database.number("SELECT count(*) FROM invoice_stock")).isZero();
  }

  @Test
  void two_at_once_apply_each_version_once() throws Exception {
    for (int round = 0; round < 3; round++) {
      newDatabase();
      List<CompletableFuture<List<SchemaVersion>>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(CompletableFuture.supplyAsync(this::migrateUnchecked));
      }
      List<SchemaVersion> applied = new ArrayList<>();
      runs.forEach(run -> applied.addAll(run.join()));
      assertThat(applied).hasSameSizeAs(SchemaVersion.all());
      assertThat(
              database.number(
                  "SELECT count(DISTINCT version) * 100 + count(*) FROM invoice_schema_versions"))
          .isEqualTo(101L * SchemaVersion.all().size());
    }
  }

  @Test
  void tables_that_were_made_by_hand_are_taken_over() throws Exception {
    try (Connection connection = database.open()) {
      for (String sql : SchemaVersion.all().get(0).statements(Dialect.POSTGRESQL)) {
        connection.createStatement().execute(sql);
      }
    }
    assertThat(migrate()).hasSameSizeAs(SchemaVersion.all());
  }

  @Test
  void a_version_that_fails_leaves_nothing_behind() throws Exception {
    try (Connection connection = database.open()) {
      connection.createStatement().execute("CREATE TABLE stock (x integer)");
    }
    assertThatThrownBy(this::migrate)
        .hasMessageStartingWith("Schema version 2 (relational views) was refused")
        .hasMessageContaining("relation \"stock\" already exists");
    assertThat(database.number("SELECT max(version) FROM invoice_schema_versions")).isEqualTo(1);
    assertThat(
            database.number(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'invoice'"))
        .isZero();
    try (Connection connection = database.open()) {
      connection.createStatement().execute("DROP TABLE stock");
    }
    assertThat(migrate()).hasSize(1);
  }

  @Test
  void a_changed_text_is_refused() throws Exception {
    migrate();
    try (Connection connection = database.open()) {
      connection
          .createStatement()
          .execute("UPDATE invoice_schema_versions SET checksum = 'x' WHERE version = 1");
    }
    assertThatThrownBy(this::migrate).hasMessageContaining("was applied with other text");
  }

  private List<SchemaVersion> migrateUnchecked() {
    try {
      return migrate();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<SchemaVersion> migrate() throws Exception {
    try (Connection connection = database.open()) {
      return new SchemaMigration(new JdbcSession(connection), Dialect.POSTGRESQL).migrate();
    }
  }
}
