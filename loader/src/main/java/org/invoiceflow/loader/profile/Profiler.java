package org.invoiceflow.loader.profile;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.invoiceflow.loader.input.SourceLine;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;

/**
 * Looks at lines and sums them up. Keeps the number of each distinct invoice and customer in
 * memory. Used by one thread.
 */
public final class Profiler {

  private static final int EXAMPLES = 3;
  private static final String GUEST = "";

  private final Map<String, String> customerOfInvoice = new HashMap<>();
  private final Set<String> customers = new HashSet<>();
  private final Set<String> contradicting = new LinkedHashSet<>();
  private final Map<InvoiceKind, Sums> kinds = new EnumMap<>(InvoiceKind.class);
  private final Map<Rule, Found> found = new EnumMap<>(Rule.class);
  private long lines;
  private long accepted;
  private long withoutCustomer;
  private Optional<Profile.Dates> dates = Optional.empty();

  /** Mutable, since there is one addition for each line. */
  private static final class Sums {
    private long invoices;
    private long lines;
    private long units;
    private BigDecimal total = BigDecimal.ZERO;
  }

  private static final class Found {
    private long lines;
    private final List<Profile.Example> examples = new ArrayList<>();
  }

  /** Takes the next line. */
  public void look(SourceLine line) {
    lines++;
    line.result().line().ifPresent(this::lookAtSound);
    Set<Rule> seen = new HashSet<>();
    for (Violation violation : line.result().violations()) {
      Found of = found.computeIfAbsent(violation.rule(), rule -> new Found());
      if (seen.add(violation.rule())) {
        of.lines++;
        if (of.examples.size() < EXAMPLES) {
          of.examples.add(new Profile.Example(line.fileLine(), violation.message()));
        }
      }
    }
  }

  private void lookAtSound(InvoiceLine line) {
    accepted++;
    Sums sums =
        kinds.computeIfAbsent(InvoiceKind.ofInvoiceNo(line.invoiceNo()), kind -> new Sums());
    sums.lines++;
    sums.units += line.quantity();
    sums.total = sums.total.add(line.amount());
    String customer = line.customerId().orElse(GUEST);
    String before = customerOfInvoice.putIfAbsent(line.invoiceNo(), customer);
    if (before == null) {
      sums.invoices++;
    } else if (!customer.equals(before)) {
      resolve(line.invoiceNo(), before, customer);
    }
    if (customer.equals(GUEST)) {
      withoutCustomer++;
    } else {
      customers.add(customer);
    }
    LocalDateTime date = line.invoiceDate();
    dates =
        Optional.of(
            dates
                .map(
                    d ->
                        date.isBefore(d.first())
                            ? new Profile.Dates(date, d.last())
                            : date.isAfter(d.last()) ? new Profile.Dates(d.first(), date) : d)
                .orElseGet(() -> new Profile.Dates(date, date)));
  }

  private void resolve(String invoiceNo, String before, String customer) {
    if (before.equals(GUEST)) {
      customerOfInvoice.put(invoiceNo, customer);
    } else if (!customer.equals(GUEST)) {
      contradicting.add(invoiceNo);
    }
  }

  public Profile profile() {
    Map<InvoiceKind, Profile.Sums> sums = new EnumMap<>(InvoiceKind.class);
    kinds.forEach(
        (kind, of) -> sums.put(kind, new Profile.Sums(of.invoices, of.lines, of.units, of.total)));
    Map<Rule, Profile.Rejections> rejections = new EnumMap<>(Rule.class);
    found.forEach(
        (rule, of) -> rejections.put(rule, new Profile.Rejections(of.lines, of.examples)));
    return new Profile(
        lines,
        accepted,
        sums,
        customerOfInvoice.values().stream().filter(GUEST::equals).count(),
        withoutCustomer,
        customers.size(),
        dates,
        Collections.unmodifiableMap(rejections),
        List.copyOf(contradicting));
  }
}
