package org.invoiceflow.local.report;

import java.util.List;

/**
 * The outcome of the equations.
 *
 * @param differences a sentence for each equation that fails and for each inconsistency in a store
 * @param notes what is unusual, but loses nothing
 */
public record Balance(List<String> differences, List<String> notes) {

  public Balance {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /** Whether every line is accounted for. */
  public boolean balanced() {
    return differences.isEmpty();
  }
}
