package org.invoiceflow.model.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {

  private static final SchemaVersion ONE = new SchemaVersion(1, "one", "CREATE TABLE a (x int);");
  private static final SchemaVersion TWO = new SchemaVersion(2, "two", "CREATE TABLE b (x int);");

  private final FakeSession session = new FakeSession();

  @Test
  void an_empty_warehouse_gets_every_version_in_a_transaction_of_its_own() throws Exception {
    assertThat(migration(ONE, TWO).migrate()).containsExactly(ONE, TWO);
    assertThat(session.transactions).hasSize(3);
    assertThat(session.transactions.get(0)).hasSize(1);
    assertThat(session.transactions.get(1))
        .hasSize(3)
        .startsWith("LOCK invoice_schema_versions")
        .endsWith("CREATE TABLE a (x int)");
    assertThat(session.record).containsOnlyKeys(1, 2).containsEntry(2, TWO.checksum());
  }

  @Test
  void a_second_run_changes_nothing() throws Exception {
    migration(ONE, TWO).migrate();
    session.transactions.clear();
    assertThat(migration(ONE, TWO).migrate()).isEmpty();
    assertThat(session.transactions).isEmpty();
  }

  @Test
  void what_is_pending_can_be_asked_without_a_change() throws Exception {
    assertThat(migration(ONE, TWO).pending()).containsExactly(ONE, TWO);
    assertThat(session.transactions).isEmpty();
    migration(ONE).migrate();
    assertThat(migration(ONE, TWO).pending()).containsExactly(TWO);
  }

  @Test
  void a_version_with_another_text_is_refused() throws Exception {
    migration(ONE).migrate();
    SchemaVersion changed = new SchemaVersion(1, "one", "CREATE TABLE a (x bigint);");
    assertThatThrownBy(() -> migration(changed, TWO).migrate())
        .hasMessageStartingWith("Schema version 1 (one) was applied with other text (checksum ")
        .hasMessageContaining("must never change");
  }

  @Test
  void a_schema_newer_than_the_program_is_refused() throws Exception {
    migration(ONE, TWO).migrate();
    assertThatThrownBy(() -> migration(ONE).migrate())
        .hasMessageStartingWith(
            "The warehouse has schema version 2, and this program knows versions up to 1:");
  }

  @Test
  void a_record_with_a_gap_is_refused() {
    session.recordTable = true;
    session.record.put(2, TWO.checksum());
    assertThatThrownBy(() -> migration(ONE, TWO).migrate())
        .hasMessageContaining("no record of version 1")
        .hasMessageContaining("half applied");
  }

  @Test
  void a_refused_version_is_told_and_the_versions_before_it_stay() {
    session.refused = "CREATE TABLE b";
    assertThatThrownBy(() -> migration(ONE, TWO).migrate())
        .hasMessage(
            "Schema version 2 (two) was refused, and nothing of it was applied: no such luck."
                + " Remove the cause and run this again.");
    assertThat(session.record).containsOnlyKeys(1);
  }

  @Test
  void a_version_whose_answer_was_lost_counts_as_applied_by_its_record() throws Exception {
    session.answerLost = true;
    assertThat(migration(ONE, TWO).migrate()).containsExactly(TWO);
    assertThat(session.record).containsOnlyKeys(1, 2);
  }

  private SchemaMigration migration(SchemaVersion... versions) {
    return new SchemaMigration(session, Dialect.REDSHIFT, List.of(versions));
  }

  /** Knows the record, and what was run. */
  private static final class FakeSession implements SqlSession {
    final List<List<String>> transactions = new ArrayList<>();
    final Map<Integer, String> record = new TreeMap<>();
    boolean recordTable;
    boolean answerLost;
    @Nullable String refused;

    @Override
    public List<List<String>> query(String sql) {
      if (sql.contains("information_schema")) {
        return List.of(List.of(recordTable ? "1" : "0"));
      }
      return record.entrySet().stream()
          .map(row -> List.of(row.getKey().toString(), row.getValue()))
          .collect(Collectors.toList());
    }

    @Override
    public void run(List<String> statements) throws WarehouseException {
      String all = String.join(";", statements);
      if (refused != null && all.contains(refused)) {
        throw new WarehouseException("no such luck.");
      }
      transactions.add(statements);
      if (statements.size() == 1) {
        recordTable = true;
        return;
      }
      SchemaVersion version = all.contains("CREATE TABLE a") ? ONE : TWO;
      record.put(version.number(), version.checksum());
      if (answerLost) {
        answerLost = false;
        throw new WarehouseException("The connection was lost.");
      }
    }
  }
}
