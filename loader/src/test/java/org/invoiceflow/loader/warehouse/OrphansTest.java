package org.invoiceflow.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.invoiceflow.model.warehouse.Dialect;
import org.invoiceflow.model.warehouse.LoadLedger;
import org.invoiceflow.model.warehouse.SqlSession;
import org.junit.jupiter.api.Test;

class OrphansTest {

  private static final Instant YOUNG_FROM = Instant.parse("2026-01-15T00:00:00Z");
  private static final Instant OLD = YOUNG_FROM.minusSeconds(1);

  private final FakeLedger ledger = new FakeLedger();

  @Test
  void the_ledger_and_the_age_decide() throws Exception {
    StagedObject loaded = staged(YOUNG_FROM);
    StagedObject old = staged(OLD);
    StagedObject young = staged(YOUNG_FROM);
    ledger.loaded.add(loaded.name());
    assertThat(judge(loaded, old, young))
        .containsExactly(
            Map.entry(loaded, Fate.LOADED),
            Map.entry(old, Fate.ORPHANED),
            Map.entry(young, Fate.YOUNG));
  }

  @Test
  void a_manifest_is_an_orphan_once_it_is_old() throws Exception {
    StagedObject old = new StagedObject("s/load-" + UUID.randomUUID() + ".manifest", 1, OLD);
    StagedObject young =
        new StagedObject("s/load-" + UUID.randomUUID() + ".manifest", 1, YOUNG_FROM);
    assertThat(judge(old, young))
        .containsExactly(Map.entry(old, Fate.ORPHANED), Map.entry(young, Fate.YOUNG));
  }

  @Test
  void what_the_job_did_not_name_is_kept_and_never_gets_into_a_statement() throws Exception {
    StagedObject foreign = new StagedObject("s/lines-'; DROP TABLE x.csv.gz", 1, OLD);
    assertThat(judge(foreign)).containsExactly(Map.entry(foreign, Fate.FOREIGN));
    assertThat(ledger.queries).isEmpty();
  }

  @Test
  void thousands_of_files_are_asked_for_in_statements_that_the_data_api_takes() throws Exception {
    List<StagedObject> many = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      many.add(staged(OLD));
    }
    ledger.loaded.add(many.get(1_100).name());
    Map<StagedObject, Fate> fates = judge(many.toArray(StagedObject[]::new));
    assertThat(ledger.queries).hasSize(3).allMatch(sql -> sql.length() < 100_000);
    assertThat(fates).hasSize(1_200).containsEntry(many.get(1_100), Fate.LOADED);
  }

  private Map<StagedObject, Fate> judge(StagedObject... objects) throws Exception {
    return Orphans.judge(List.of(objects), new LoadLedger(ledger, Dialect.REDSHIFT), YOUNG_FROM);
  }

  private static StagedObject staged(Instant modified) {
    return new StagedObject("s/lines-" + UUID.randomUUID() + "-0.csv.gz", 10, modified);
  }

  private static final class FakeLedger implements SqlSession {
    final List<String> loaded = new ArrayList<>();
    final List<String> queries = new ArrayList<>();

    @Override
    public List<List<String>> query(String sql) {
      queries.add(sql);
      return loaded.stream().filter(sql::contains).map(List::of).toList();
    }

    @Override
    public void run(List<String> statements) {
      throw new IllegalStateException("the ledger is only read");
    }
  }
}
