package org.invoiceflow.model;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an invoice's lines add up to. A pure function of the lines, whatever their order. Immutable.
 */
public final class InvoiceSummary {

  private final String invoiceNo;
  private final @Nullable String customerId;
  private final String country;
  private final LocalDateTime date;
  private final int lineCount;
  private final long units;
  private final BigDecimal total;

  private InvoiceSummary(
      String invoiceNo,
      @Nullable String customerId,
      String country,
      LocalDateTime date,
      int lineCount,
      long units,
      BigDecimal total) {
    this.invoiceNo = invoiceNo;
    this.customerId = customerId;
    this.country = country;
    this.date = date;
    this.lineCount = lineCount;
    this.units = units;
    this.total = total;
  }

  /**
   * Adds up the lines of one invoice.
   *
   * @param lines at least one, all of the same invoice, no two with the same LineNo, naming at most
   *     one customer
   */
  public static InvoiceSummary of(Collection<InvoiceLine> lines) {
    InvoiceLine lowest = lines.iterator().next();
    LocalDateTime date = lowest.invoiceDate();
    String customerId = null;
    long units = 0;
    BigDecimal total = BigDecimal.ZERO;
    for (InvoiceLine line : lines) {
      if (line.lineNo() < lowest.lineNo()) {
        lowest = line;
      }
      if (line.invoiceDate().isBefore(date)) {
        date = line.invoiceDate();
      }
      customerId = line.customerId().orElse(customerId);
      units += line.quantity();
      total = total.add(line.amount());
    }
    return new InvoiceSummary(
        lowest.invoiceNo(),
        customerId,
        lowest.country(),
        date,
        lines.size(),
        units,
        Decimals.canonical(total));
  }

  /** A summary that was stored before. */
  public static InvoiceSummary stored(
      String invoiceNo,
      Optional<String> customerId,
      String country,
      LocalDateTime date,
      int lineCount,
      long units,
      BigDecimal total) {
    return new InvoiceSummary(
        invoiceNo,
        customerId.orElse(null),
        country,
        date,
        lineCount,
        units,
        Decimals.canonical(total));
  }

  public String invoiceNo() {
    return invoiceNo;
  }

  public InvoiceKind kind() {
    return InvoiceKind.ofInvoiceNo(invoiceNo);
  }

  /** The customer whom any line names; absent for a guest's invoice. */
  public Optional<String> customerId() {
    return Optional.ofNullable(customerId);
  }

  /** Country of the line with the lowest LineNo. */
  public String country() {
    return country;
  }

  /** The earliest InvoiceDate. */
  public LocalDateTime date() {
    return date;
  }

  public int lineCount() {
    return lineCount;
  }

  public long units() {
    return units;
  }

  /** Exact sum of quantity × unit price, in canonical form. */
  public BigDecimal total() {
    return total;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof InvoiceSummary)) {
      return false;
    }
    InvoiceSummary that = (InvoiceSummary) o;
    return invoiceNo.equals(that.invoiceNo)
        && Objects.equals(customerId, that.customerId)
        && country.equals(that.country)
        && date.equals(that.date)
        && lineCount == that.lineCount
        && units == that.units
        && total.equals(that.total);
  }

  @Override
  public int hashCode() {
    return invoiceNo.hashCode();
  }

  @Override
  public String toString() {
    return invoiceNo
        + " "
        + kind()
        + " "
        + date
        + " customer="
        + customerId
        + " country="
        + country
        + " lines="
        + lineCount
        + " units="
        + units
        + " total="
        + total.toPlainString();
  }
}
