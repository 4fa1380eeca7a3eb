package org.invoiceflow.local.report;

import java.util.Locale;
import java.util.OptionalLong;

/** The accounting as a table for people: a name, lines or seconds to the right, exact totals. */
final class ReportTable {

  private final Accounting figures;
  private final Balance balance;
  private final StringBuilder text = new StringBuilder();

  ReportTable(Accounting figures, Balance balance) {
    this.figures = figures;
    this.balance = balance;
  }

  String text() {
    row(figures.mode(), "lines", "total");
    lines("sent", figures.sent().lines());
    lines("accepted", figures.sent().accepted());
    lines("rejected by the loader", figures.sent().rejectedByLoader());
    lines("rejected by the API", figures.sent().rejectedByApi());
    lines("raw", figures.lake().raw().lines());
    lines("rejected in the job", figures.lake().rejected().lines());
    lines("duplicates (raw - rejected - stored)", figures.duplicatesByStores());
    row("duplicates counted by the job", countOf(figures.job().duplicates()), "");
    lines("  from another file", figures.lake().duplicates().lines());
    held("invoices view", figures.invoicesView());
    held("customers view", figures.customersView());
    held("guests' invoices", figures.guests());
    held("warehouse", figures.warehouse());
    text.append('\n');
    lines("invoices", figures.invoices());
    lines("customers", figures.customers());
    puts();
    text.append('\n');
    row("stage", "seconds", "");
    for (Stage stage : figures.stages()) {
      row(stage.name(), String.format(Locale.ROOT, "%.1f", stage.seconds()), "");
    }
    text.append('\n');
    balance.notes().forEach(note -> text.append("Note: ").append(note).append(".\n"));
    if (balance.balanced()) {
      text.append("Every line is accounted for.\n");
    } else {
      text.append("NOT every line is accounted for:\n");
      balance.differences().forEach(one -> text.append("  - ").append(one).append('\n'));
    }
    return text.toString();
  }

  private void puts() {
    OptionalLong puts = figures.job().dynamoDbPuts();
    String perLine =
        puts.isPresent()
            ? Report.putsPerLine(puts.getAsLong(), figures.invoicesView().lines()) + " per line"
            : "";
    row("DynamoDB puts", countOf(puts), perLine);
  }

  private void lines(String name, long count) {
    row(name, grouped(count), "");
  }

  private void held(String name, Held held) {
    row(name, grouped(held.lines()), Report.money(held));
  }

  private void row(String name, String number, String more) {
    String row = String.format(Locale.ROOT, "%-36s %12s  %18s", name, number, more);
    text.append(row.stripTrailing()).append('\n');
  }

  private static String countOf(OptionalLong count) {
    return count.isPresent() ? grouped(count.getAsLong()) : "unknown";
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
