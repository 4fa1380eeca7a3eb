package org.invoiceflow.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.invoiceflow.local.stores.Findings;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.LakeCounts.Folder;
import org.junit.jupiter.api.Test;

class AccountingTest {

  /** 110 lines sent: 4 refused by the sender's side, 3 rejected in the job, 3 duplicates. */
  private Sent sent = new Sent(110, 106, 3, 1, 0);

  private long raw = 106;
  private OptionalLong duplicates = OptionalLong.of(3);
  private int restarts = 0;
  private Held invoicesView = held(100, "9747.934");
  private Held customersView = held(70, "9000.001");
  private Held warehouse = held(100, "9747.934");
  private long warehouseDuplicates = 0;
  private Findings findings = Findings.NONE;

  @Test
  void a_run_in_which_every_line_arrived_once_is_balanced() {
    assertThat(accounting().balance()).isEqualTo(new Balance(List.of(), List.of()));
    assertThat(accounting().balance().balanced()).isTrue();
    assertThat(accounting().duplicatesByStores()).isEqualTo(3);
  }

  @Test
  void lines_that_were_neither_accepted_nor_rejected_are_missed() {
    sent = new Sent(111, 106, 3, 1, 0);

    assertDifference("111 lines were sent, but accepted and rejected ones are 110");
  }

  @Test
  void accepted_lines_that_are_not_in_raw_are_missed() {
    raw = 105;
    duplicates = OptionalLong.of(2);

    assertDifference("106 lines were accepted, but raw/ holds 105");
  }

  @Test
  void repeated_requests_explain_more_lines_in_raw_but_not_fewer() {
    sent = new Sent(110, 106, 3, 1, 2);
    raw = 116;
    duplicates = OptionalLong.of(13);
    assertThat(accounting().balance().balanced()).isTrue();
    assertThat(accounting().balance().notes())
        .containsExactly(
            "raw/ holds 10 lines more than were accepted: 2 requests were repeated, and what"
                + " arrived twice stands there twice");

    raw = 105;
    duplicates = OptionalLong.of(2);
    assertDifference("106 lines were accepted, but raw/ holds 105");
  }

  @Test
  void the_jobs_count_of_duplicates_must_agree_with_the_stores() {
    duplicates = OptionalLong.of(2);

    assertDifference("The job counted 2 duplicates, but raw - rejected - stored is 3");
  }

  @Test
  void what_a_restarted_job_counted_twice_is_no_difference() {
    restarts = 2;
    duplicates = OptionalLong.of(40);

    assertThat(accounting().balance().differences()).isEmpty();
    assertThat(accounting().balance().notes())
        .containsExactly(
            "The job was restarted 2 times, and counted again what it read again: what the stores"
                + " hold decides");
  }

  @Test
  void a_restarted_job_counts_no_fewer_duplicates_than_there_are() {
    restarts = 1;
    duplicates = OptionalLong.of(2);

    assertDifference("The job counted 2 duplicates, but raw - rejected - stored is 3");
  }

  @Test
  void without_the_jobs_count_the_stores_decide() {
    duplicates = OptionalLong.empty();

    assertThat(accounting().balance().balanced()).isTrue();
  }

  @Test
  void more_lines_stored_than_received_are_noticed() {
    sent = new Sent(106, 102, 3, 1, 0);
    raw = 102;
    duplicates = OptionalLong.empty();

    assertDifference("raw/ holds 102 lines, fewer than the 3 rejected and 100 stored ones");
  }

  @Test
  void the_warehouse_must_hold_what_the_invoices_view_holds() {
    warehouse = held(99, "9747.9341");
    warehouseDuplicates = 1;

    assertThat(accounting().balance().differences())
        .containsExactly(
            "The invoices view holds 100 lines, but the warehouse 99",
            "The warehouse holds 1 rows whose invoice_no and line_no stand there already",
            "The invoices view adds up to 9747.934, but the warehouse to 9747.9341");
  }

  @Test
  void customers_and_guests_together_must_be_the_invoices_view() {
    customersView = held(71, "9000.002");

    assertThat(accounting().balance().differences())
        .containsExactly(
            "The customers view and the guests' invoices hold 101 lines, but the invoices view 100",
            "The customers view and the guests' invoices add up to 9747.935, but the invoices view"
                + " to 9747.934");
  }

  @Test
  void totals_of_another_scale_are_the_same() {
    warehouse = held(100, "9747.9340");

    assertThat(accounting().balance().balanced()).isTrue();
  }

  @Test
  void inconsistencies_within_a_store_are_differences() {
    findings = new Findings(1_003, List.of("Invoice 1: has no lines"));

    assertThat(accounting().balance().differences())
        .containsExactly("Invoice 1: has no lines", "1,002 more inconsistencies like these");
  }

  private void assertDifference(String sentence) {
    assertThat(accounting().balance().differences()).containsExactly(sentence);
    assertThat(accounting().balance().balanced()).isFalse();
  }

  private Accounting accounting() {
    return new Accounting(
        "stream",
        sent,
        new LakeCounts(
            new Folder(2, 1234, 20, raw),
            new Folder(1, 200, 3, 3),
            new Folder(1, 100, 1, 1),
            Findings.NONE),
        new JobCounts(duplicates, OptionalLong.of(9), restarts),
        12,
        5,
        invoicesView,
        customersView,
        held(30, "747.933"),
        warehouse,
        warehouseDuplicates,
        findings,
        List.of(new Stage("send", Duration.ofMillis(1540))));
  }

  private static Held held(long lines, String total) {
    return new Held(lines, new BigDecimal(total));
  }
}
