package org.invoiceflow.local.report;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.invoiceflow.local.stores.CustomersView;
import org.invoiceflow.local.stores.Findings;
import org.invoiceflow.local.stores.InvoicesView;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.WarehouseTotals;

/**
 * All figures of one run, and the equations between them. The stores were empty before the run. A
 * line that lost a conflict counts as rejected in the job.
 *
 * @param mode {@code stream} or {@code import}
 * @param invoices number of invoices in the invoices view
 * @param customers number of customers in the customers view
 * @param guests what the invoices view holds of invoices that name no customer
 * @param warehouseDuplicates rows beyond the first of their key
 * @param findings what is wrong within the views
 * @param stages in the order of time; they may overlap
 */
public record Accounting(
    String mode,
    Sent sent,
    LakeCounts lake,
    JobCounts job,
    long invoices,
    long customers,
    Held invoicesView,
    Held customersView,
    Held guests,
    Held warehouse,
    long warehouseDuplicates,
    Findings findings,
    List<Stage> stages) {

  public Accounting {
    stages = List.copyOf(stages);
  }

  /** Takes the figures from stores that were read back. */
  public static Accounting of(
      String mode,
      Sent sent,
      LakeCounts lake,
      JobCounts job,
      InvoicesView invoices,
      CustomersView customers,
      WarehouseTotals warehouse,
      List<Stage> stages) {
    return new Accounting(
        mode,
        sent,
        lake,
        job,
        invoices.invoices().size(),
        customers.customers().size(),
        new Held(invoices.lines(), invoices.total()),
        new Held(customers.lines(), customers.total()),
        new Held(invoices.guestLines(), invoices.guestTotal()),
        new Held(warehouse.rows(), warehouse.total()),
        warehouse.duplicates(),
        invoices
            .findings()
            .plus(customers.findings())
            .plus(customers.differencesFrom(invoices))
            .plus(lake.findings()),
        stages);
  }

  /** Duplicates that follow from the stores, without the job's word: raw - rejected - stored. */
  public long duplicatesByStores() {
    return lake.raw().lines() - lake.rejected().lines() - invoicesView.lines();
  }

  /** Whether the equations hold. */
  public Balance balance() {
    return new Checks().run();
  }

  /** Evaluates the equations in the order in which a line travels. */
  private final class Checks {
    private final List<String> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Balance run() {
      checkSent();
      checkRaw();
      checkStored();
      checkTotals();
      findings.sentences().forEach(differences::add);
      if (findings.count() > findings.sentences().size()) {
        differ(
            "%,d more inconsistencies like these", findings.count() - findings.sentences().size());
      }
      return new Balance(differences, notes);
    }

    private void checkSent() {
      long known = sent.accepted() + sent.rejectedByLoader() + sent.rejectedByApi();
      if (sent.lines() != known) {
        differ("%,d lines were sent, but accepted and rejected ones are %,d", sent.lines(), known);
      }
    }

    private void checkRaw() {
      long raw = lake.raw().lines();
      if (raw > sent.accepted() && sent.retries() > 0) {
        notes.add(
            text(
                "raw/ holds %,d lines more than were accepted: %,d requests were repeated, and"
                    + " what arrived twice stands there twice",
                raw - sent.accepted(), sent.retries()));
      } else if (raw != sent.accepted()) {
        differ("%,d lines were accepted, but raw/ holds %,d", sent.accepted(), raw);
      }
      if (duplicatesByStores() < 0) {
        differ(
            "raw/ holds %,d lines, fewer than the %,d rejected and %,d stored ones",
            raw, lake.rejected().lines(), invoicesView.lines());
      }
      job.duplicates().ifPresent(this::checkDuplicates);
    }

    /** What was read again after a restart is counted again: too many say nothing then. */
    private void checkDuplicates(long counted) {
      boolean isRestarted = job.restarts() > 0;
      if (counted < duplicatesByStores() || (counted > duplicatesByStores() && !isRestarted)) {
        differ(
            "The job counted %,d duplicates, but raw - rejected - stored is %,d",
            counted, duplicatesByStores());
      }
      if (isRestarted) {
        notes.add(Restarts.note(job.restarts()));
      }
    }

    private void checkStored() {
      if (invoicesView.lines() != warehouse.lines()) {
        differ(
            "The invoices view holds %,d lines, but the warehouse %,d",
            invoicesView.lines(), warehouse.lines());
      }
      if (warehouseDuplicates != 0) {
        differ(
            "The warehouse holds %,d rows whose invoice_no and line_no stand there already",
            warehouseDuplicates);
      }
      long withGuests = customersView.plus(guests).lines();
      if (withGuests != invoicesView.lines()) {
        differ(
            "The customers view and the guests' invoices hold %,d lines, but the invoices view %,d",
            withGuests, invoicesView.lines());
      }
    }

    private void checkTotals() {
      if (!invoicesView.sameTotal(warehouse)) {
        differ(
            "The invoices view adds up to %s, but the warehouse to %s",
            Report.money(invoicesView), Report.money(warehouse));
      }
      Held withGuests = customersView.plus(guests);
      if (!invoicesView.sameTotal(withGuests)) {
        differ(
            "The customers view and the guests' invoices add up to %s, but the invoices view to %s",
            Report.money(withGuests), Report.money(invoicesView));
      }
    }

    @FormatMethod
    private void differ(String format, Object... values) {
      differences.add(text(format, values));
    }

    @FormatMethod
    private static String text(String format, Object... values) {
      return String.format(Locale.ROOT, format, values);
    }
  }
}
