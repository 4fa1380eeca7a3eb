package org.invoiceflow.local.replay;

import com.google.errorprone.annotations.FormatMethod;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.invoiceflow.local.report.Restarts;
import org.invoiceflow.local.stores.Findings;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.Money;
import org.invoiceflow.local.stores.WarehouseTotals;

/**
 * The figures of a replay and the equations between them. Holds if nothing else wrote to the stores
 * meanwhile.
 *
 * @param raw what was replayed, counted apart from the job
 * @param before what the stores held when the replay began
 */
record ReplayAccount(LakeCounts raw, Replayed replayed, Stored before, Stored after) {

  /** A sentence for each equation that fails; none if every line is accounted for. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    long known = replayed.rejected() + replayed.conflicting() + replayed.duplicates() + added();
    // What was read again after a restart is counted again: too many say nothing then.
    if (known < lines() || (known > lines() && replayed.restarts() == 0)) {
      differences.add(
          text(
              "%,d lines were replayed, but rejected, conflicting, duplicate and newly stored ones"
                  + " are %,d",
              lines(), known));
    }
    if (before.warehouse().isPresent() && after.warehouse().isPresent()) {
      compareWarehouse(before.warehouse().get(), after.warehouse().get(), differences);
    }
    Findings findings = after.findings();
    differences.addAll(findings.sentences());
    if (findings.count() > findings.sentences().size()) {
      differences.add(
          text(
              "%,d more inconsistencies like these",
              findings.count() - findings.sentences().size()));
    }
    return differences;
  }

  /** Stores that held as many lines before hold the same lines now. */
  private void compareWarehouse(WarehouseTotals was, WarehouseTotals is, List<String> differences) {
    if (is.duplicates() != 0) {
      differences.add(
          text(
              "The warehouse holds %,d rows whose invoice_no and line_no stand there already",
              is.duplicates()));
    }
    BigDecimal total = after.total().orElse(is.total());
    boolean equal = is.rows() == after.lines() && is.total().compareTo(total) == 0;
    if (wereAlike(was) && !equal) {
      differences.add(
          text(
              "The invoices view holds %,d lines (%s), but the warehouse %,d (%s)",
              after.lines(), Money.text(total), is.rows(), Money.text(is.total())));
    }
  }

  private boolean wereAlike(WarehouseTotals was) {
    return was.rows() == before.lines();
  }

  /** Lines replayed; what is no record of the lake counts as one. */
  private long lines() {
    return raw.raw().lines() + raw.findings().count();
  }

  private long added() {
    return after.lines() - before.lines();
  }

  /** For people. */
  String table() {
    StringBuilder text = new StringBuilder();
    row(text, "replay", "lines", "total");
    row(text, "raw", lines());
    row(text, "rejected again", replayed.rejected());
    replayed.byRule().forEach((rule, count) -> row(text, "  " + rule, count));
    row(text, "in conflict with a stored line", replayed.conflicting());
    row(text, "duplicates", replayed.duplicates());
    row(text, "newly stored", added());
    text.append('\n');
    row(text, "invoices view before", before.lines());
    row(text, "invoices view now", grouped(after.lines()), money(after.total()));
    before.warehouse().ifPresent(w -> row(text, "warehouse before", w.rows()));
    after
        .warehouse()
        .ifPresent(
            w -> row(text, "warehouse now", grouped(w.rows()), money(Optional.of(w.total()))));
    text.append('\n');
    row(text, "files", raw.raw().files());
    row(text, "records", raw.raw().records());
    text.append('\n');
    notes().forEach(note -> text.append("Note: ").append(note).append(".\n"));
    List<String> differences = differences();
    if (differences.isEmpty()) {
      text.append("Every line is accounted for.\n");
    } else {
      text.append("NOT every line is accounted for (unless something else wrote meanwhile):\n");
      differences.forEach(one -> text.append("  - ").append(one).append('\n'));
    }
    return text.toString();
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(raw.findings().sentences());
    if (replayed.restarts() > 0) {
      notes.add(Restarts.note(replayed.restarts()));
    }
    if (before.warehouse().isPresent() && !wereAlike(before.warehouse().get())) {
      notes.add(
          "The invoices view and the warehouse held different numbers of lines before, so they are"
              + " not compared");
    }
    return notes;
  }

  private static void row(StringBuilder text, String name, long count) {
    row(text, name, grouped(count), "");
  }

  private static void row(StringBuilder text, String name, String number, String more) {
    String row = String.format(Locale.ROOT, "%-36s %12s  %18s", name, number, more);
    text.append(row.stripTrailing()).append('\n');
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String money(Optional<BigDecimal> total) {
    return total.map(Money::text).orElse("");
  }

  @FormatMethod
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
