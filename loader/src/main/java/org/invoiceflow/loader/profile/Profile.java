package org.invoiceflow.loader.profile;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.Rule;

/**
 * What a file holds. All but {@code lines} and {@code rejections} is about the lines that keep the
 * rules.
 *
 * @param lines rows, the header not counted
 * @param accepted lines that keep the rules
 * @param kinds sums by kind of invoice; a kind that does not occur is absent
 * @param guests invoices of which no line names a customer
 * @param linesWithoutCustomer lines that name no customer themselves
 * @param customers different customers
 * @param dates earliest and latest InvoiceDate; empty without lines
 * @param rejections by rule, in the order of {@link Rule}
 * @param invoicesOfSeveralCustomers invoices whose lines name different customers: the job rejects
 *     the lines of all but one
 */
public record Profile(
    long lines,
    long accepted,
    Map<InvoiceKind, Sums> kinds,
    long guests,
    long linesWithoutCustomer,
    long customers,
    Optional<Dates> dates,
    Map<Rule, Rejections> rejections,
    List<String> invoicesOfSeveralCustomers) {

  /**
   * @param lines number of lines
   * @param units sum of the quantities
   * @param total exact sum of quantity times price
   */
  public record Sums(long invoices, long lines, long units, BigDecimal total) {

    static final Sums NONE = new Sums(0, 0, 0, BigDecimal.ZERO);

    Sums plus(Sums other) {
      return new Sums(
          invoices + other.invoices,
          lines + other.lines,
          units + other.units,
          total.add(other.total));
    }
  }

  public record Dates(LocalDateTime first, LocalDateTime last) {}

  /**
   * Lines that break one rule; a line that breaks two counts for both.
   *
   * @param examples the first of them, in the order of the file
   */
  public record Rejections(long lines, List<Example> examples) {
    public Rejections {
      examples = List.copyOf(examples);
    }
  }

  /**
   * @param fileLine where the line begins, from 1 with the header
   */
  public record Example(long fileLine, String message) {}

  public Profile {
    kinds = Map.copyOf(kinds);
    invoicesOfSeveralCustomers = List.copyOf(invoicesOfSeveralCustomers);
  }

  public long rejected() {
    return lines - accepted;
  }

  /** Over all kinds. */
  public Sums all() {
    return kinds.values().stream().reduce(Sums.NONE, Sums::plus);
  }
}
