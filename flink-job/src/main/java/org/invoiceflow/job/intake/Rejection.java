package org.invoiceflow.job.intake;

import java.util.List;
import org.invoiceflow.model.Violation;

/**
 * A record or a line of one that broke a rule: every broken rule, where it came from, and its
 * original bytes. Immutable; the payload is not copied.
 */
public final class Rejection {

  private final ReceivedRecord record;
  private final List<Violation> violations;

  /**
   * @param record what was refused; its payload is the refused line's own bytes where only one line
   *     of a record was refused
   */
  public Rejection(ReceivedRecord record, List<Violation> violations) {
    this.record = record;
    this.violations = List.copyOf(violations);
  }

  public ReceivedRecord record() {
    return record;
  }

  /** At least one. */
  public List<Violation> violations() {
    return violations;
  }
}
