package org.invoiceflow.job.assembly;

import java.util.List;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.model.InvoiceLine;

/**
 * What is new of one invoice since its last change was handed on, together with all that keyed
 * state knows of it. Lines may contradict each other and the stored ones: who is stored is decided
 * by the merge. Immutable.
 *
 * <p>The known lines are needed, because the write of the change before may still be on its way
 * when the stored parts are read.
 */
public final class InvoiceChange {

  private final String invoiceNo;
  private final List<ReceivedLine> fresh;
  private final List<InvoiceLine> known;

  /**
   * @param fresh lines that were not part of an earlier change; at least one
   * @param known lines that were; none equals a fresh one
   */
  public InvoiceChange(String invoiceNo, List<ReceivedLine> fresh, List<InvoiceLine> known) {
    this.invoiceNo = invoiceNo;
    this.fresh = List.copyOf(fresh);
    this.known = List.copyOf(known);
  }

  public String invoiceNo() {
    return invoiceNo;
  }

  /** In the order of arrival. */
  public List<ReceivedLine> fresh() {
    return fresh;
  }

  /**
   * Those that contradict no other in no particular order, after them all others in the order of
   * arrival. Empty if no earlier change of this invoice can be on its way.
   */
  public List<InvoiceLine> known() {
    return known;
  }
}
