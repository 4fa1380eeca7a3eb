package org.invoiceflow.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.stores.Findings;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.LakeCounts.Folder;
import org.invoiceflow.local.stores.WarehouseTotals;
import org.junit.jupiter.api.Test;

/** The equations of a replay: what fits is silent, what does not is named. */
class ReplayAccountTest {

  private static final Replayed REPLAYED = new Replayed(2, Map.of("MISSING", 2L), 1, 3, 0);

  /** The same, with the job restarted. */
  private static final Replayed RESTARTED = new Replayed(2, Map.of("MISSING", 2L), 1, 3, 1);

  private static Stored stored(long view, long warehouse, String total) {
    BigDecimal money = new BigDecimal(total);
    return new Stored(
        view,
        Optional.of(money),
        Optional.of(new WarehouseTotals(warehouse, warehouse, 0, money)),
        Findings.NONE);
  }

  private static ReplayAccount account(long lines, Stored before, Stored after) {
    return account(lines, REPLAYED, before, after);
  }

  private static ReplayAccount account(long lines, Replayed replayed, Stored before, Stored after) {
    LakeCounts raw =
        new LakeCounts(new Folder(1, 10, 4, lines), Folder.EMPTY, Folder.EMPTY, Findings.NONE);
    return new ReplayAccount(raw, replayed, before, after);
  }

  @Test
  void lines_that_are_all_accounted_for_balance() {
    ReplayAccount account = account(16, stored(0, 0, "0"), stored(10, 10, "2.5"));

    assertThat(account.differences()).isEmpty();
    assertThat(account.table()).contains("Every line is accounted for.", "  MISSING");
  }

  @Test
  void a_line_that_is_nowhere_is_named() {
    assertThat(account(17, stored(5, 5, "0"), stored(15, 15, "2.5")).differences())
        .singleElement()
        .asString()
        .startsWith("17 lines were replayed")
        .endsWith("are 16");
  }

  @Test
  void what_a_restarted_job_counted_twice_is_a_note() {
    ReplayAccount account = account(15, RESTARTED, stored(0, 0, "0"), stored(10, 10, "2.5"));

    assertThat(account.differences()).isEmpty();
    assertThat(account.table())
        .contains("Note: The job was restarted once", "Every line is accounted for.");
    assertThat(account(15, stored(0, 0, "0"), stored(10, 10, "2.5")).differences()).hasSize(1);
  }

  @Test
  void a_line_that_is_nowhere_is_named_after_a_restart_too() {
    assertThat(account(17, RESTARTED, stored(5, 5, "0"), stored(15, 15, "2.5")).differences())
        .singleElement()
        .asString()
        .startsWith("17 lines were replayed");
  }

  @Test
  void a_warehouse_that_lacks_what_the_view_has_is_named() {
    ReplayAccount account = account(16, stored(0, 0, "0"), stored(10, 9, "2.5"));

    assertThat(account.differences()).singleElement().asString().contains("but the warehouse 9");
    assertThat(account.table()).contains("NOT every line is accounted for");
  }

  @Test
  void a_warehouse_that_differed_before_is_not_held_against_the_view() {
    ReplayAccount account = account(16, stored(0, 3, "0"), stored(10, 13, "2.5"));

    assertThat(account.differences()).isEmpty();
    assertThat(account.table()).contains("held different numbers of lines before");
  }

  @Test
  void lines_for_the_warehouse_are_staged_beside_the_raw_folder() throws CommandException {
    assertThat(RawPath.parse("s3://b/raw/").lakeRoot()).isEqualTo("s3://b");
    assertThat(RawPath.parse("s3://b/lake/raw/ingest_date=*/**").lakeRoot())
        .isEqualTo("s3://b/lake");
    assertThat(RawPath.parse("s3://b/elsewhere/x.jsonl.gz").lakeRoot()).isEqualTo("s3://b");
    assertThat(RawPath.parse("s3://raw/raw/").lakeRoot()).isEqualTo("s3://raw");
    assertThat(RawPath.parse("s3://raw/x.jsonl.gz").lakeRoot()).isEqualTo("s3://raw");
  }
}
