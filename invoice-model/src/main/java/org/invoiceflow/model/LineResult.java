package org.invoiceflow.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line: the line itself, or every rule that it broke. Immutable; exactly one of
 * the two is present.
 */
public final class LineResult {

  private final @Nullable InvoiceLine line;
  private final List<Violation> violations;

  private LineResult(@Nullable InvoiceLine line, List<Violation> violations) {
    this.line = line;
    this.violations = violations;
  }

  public static LineResult accepted(InvoiceLine line) {
    return new LineResult(line, List.of());
  }

  public static LineResult rejected(List<Violation> violations) {
    if (violations.isEmpty()) {
      throw new IllegalArgumentException("a rejection names at least one broken rule");
    }
    return new LineResult(null, List.copyOf(violations));
  }

  public static LineResult rejected(Violation violation) {
    return rejected(List.of(violation));
  }

  /** The line, if it keeps all rules. */
  public Optional<InvoiceLine> line() {
    return Optional.ofNullable(line);
  }

  /** Every broken rule, in the order of the fields; empty if the line is accepted. */
  public List<Violation> violations() {
    return violations;
  }

  @Override
  public String toString() {
    return line == null ? "rejected " + violations : "accepted " + line;
  }
}
