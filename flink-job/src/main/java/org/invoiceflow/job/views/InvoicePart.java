package org.invoiceflow.job.views;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;
import org.jspecify.annotations.Nullable;

/**
 * One item of the invoices view: a hundred lines of an invoice and, in the first part, what the
 * invoice adds up to. A pure function of the invoice's lines, so that writing it again changes
 * nothing. Immutable.
 */
public final class InvoicePart {

  private final String invoiceNo;
  private final int part;
  private final List<InvoiceLine> lines;
  private final @Nullable InvoiceSummary summary;
  private final List<Integer> parts;

  private InvoicePart(
      String invoiceNo,
      int part,
      List<InvoiceLine> lines,
      @Nullable InvoiceSummary summary,
      List<Integer> parts) {
    this.invoiceNo = invoiceNo;
    this.part = part;
    this.lines = List.copyOf(lines);
    this.summary = summary;
    this.parts = List.copyOf(parts);
  }

  /**
   * The first part.
   *
   * @param lines those with LineNo 1 to 100, in the order of LineNo; may be empty
   * @param parts the numbers of all parts of the invoice, ascending, this one included
   */
  public static InvoicePart first(
      InvoiceSummary summary, List<InvoiceLine> lines, List<Integer> parts) {
    return new InvoicePart(summary.invoiceNo(), 1, lines, summary, parts);
  }

  /**
   * Any other part.
   *
   * @param lines those of this part, in the order of LineNo
   */
  public static InvoicePart later(String invoiceNo, int part, List<InvoiceLine> lines) {
    return new InvoicePart(invoiceNo, part, lines, null, List.of());
  }

  public String invoiceNo() {
    return invoiceNo;
  }

  /** From 1. */
  public int part() {
    return part;
  }

  PartKey key() {
    return new PartKey(invoiceNo, part);
  }

  /** In the order of LineNo. */
  public List<InvoiceLine> lines() {
    return lines;
  }

  /** Of the whole invoice; present in part 1 only. */
  public Optional<InvoiceSummary> summary() {
    return Optional.ofNullable(summary);
  }

  /** The numbers of all parts of the invoice, ascending; filled in part 1 only. */
  public List<Integer> parts() {
    return parts;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof InvoicePart)) {
      return false;
    }
    InvoicePart that = (InvoicePart) o;
    return part == that.part
        && invoiceNo.equals(that.invoiceNo)
        && lines.equals(that.lines)
        && Objects.equals(summary, that.summary)
        && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return 31 * invoiceNo.hashCode() + part;
  }

  @Override
  public String toString() {
    return invoiceNo
        + "/"
        + part
        + " with "
        + lines.size()
        + " lines"
        + (summary == null ? "" : ", " + summary);
  }
}
