package org.invoiceflow.loader;

import java.util.Locale;
import org.invoiceflow.loader.profile.Profile;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.LineJson;

/** What a dry run prints. */
final class ProfileReport {

  private static final int SHOWN_INVOICES = 3;

  private ProfileReport() {}

  static String of(Profile profile) {
    StringBuilder text = new StringBuilder();
    Profile.Sums all = profile.all();
    row(text, "lines", profile.lines());
    row(text, "would be sent", profile.accepted());
    row(text, "would be rejected", profile.rejected());
    row(text, "invoices", all.invoices());
    for (InvoiceKind kind : InvoiceKind.values()) {
      Profile.Sums of = profile.kinds().get(kind);
      if (of != null) {
        row(text, "  " + name(kind), of.invoices());
      }
    }
    row(text, "  guests (no customer)", profile.guests());
    row(text, "customers", profile.customers());
    row(text, "lines without customer", profile.linesWithoutCustomer());
    profile
        .dates()
        .ifPresent(
            dates -> {
              row(text, "first date", LineJson.formatDate(dates.first()));
              row(text, "last date", LineJson.formatDate(dates.last()));
            });
    row(text, "units", all.units());
    row(text, "exact total", all.total().toPlainString());
    for (InvoiceKind kind : InvoiceKind.values()) {
      Profile.Sums of = profile.kinds().get(kind);
      if (of != null && profile.kinds().size() > 1) {
        row(text, "  " + name(kind), of.total().toPlainString());
      }
    }
    profile.rejections().forEach((rule, of) -> rejections(text, rule.name(), of));
    contradictions(text, profile);
    return text.append(String.format(Locale.ROOT, "Nothing was sent.%n")).toString();
  }

  private static String name(InvoiceKind kind) {
    return kind.name().toLowerCase(Locale.ROOT) + "s";
  }

  private static void rejections(StringBuilder text, String rule, Profile.Rejections of) {
    row(text, "rejected by " + rule, of.lines());
    of.examples()
        .forEach(
            e ->
                text.append(
                    String.format(Locale.ROOT, "  line %d: %s%n", e.fileLine(), e.message())));
    long more = of.lines() - of.examples().size();
    if (more > 0) {
      text.append(String.format(Locale.ROOT, "  and %,d more%n", more));
    }
  }

  /** The loader sends these lines, but not all of them can be stored. */
  private static void contradictions(StringBuilder text, Profile profile) {
    int count = profile.invoicesOfSeveralCustomers().size();
    if (count > 0) {
      row(text, "invoices of two customers", count);
      text.append(
          String.format(
              Locale.ROOT,
              "  such as %s; the job will reject the lines of all but one customer%n",
              String.join(
                  ", ",
                  profile
                      .invoicesOfSeveralCustomers()
                      .subList(0, Math.min(SHOWN_INVOICES, count)))));
    }
  }

  private static void row(StringBuilder text, String name, long value) {
    row(text, name, String.format(Locale.ROOT, "%,d", value));
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-34s%19s%n", name, value));
  }
}
