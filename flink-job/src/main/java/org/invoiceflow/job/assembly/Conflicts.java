package org.invoiceflow.job.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;

/**
 * What speaks against a line, seen from the lines of its invoice that are stored or on their way.
 * The stored line always stays.
 */
public final class Conflicts {

  private Conflicts() {}

  /**
   * Every reason why a line cannot be stored; empty if it can.
   *
   * @param twin the line that has this identity already
   * @param customer the customer whom the invoice's other lines name; a line that names nobody fits
   *     any customer
   */
  public static List<Violation> between(
      InvoiceLine line, Optional<InvoiceLine> twin, Optional<String> customer) {
    List<Violation> found = new ArrayList<>(0);
    if (twin.isPresent() && twin.get().contradicts(line)) {
      found.add(
          new Violation(
              Rule.CONFLICTING_CONTENT,
              "",
              "Line "
                  + line.lineNo()
                  + " of invoice "
                  + line.invoiceNo()
                  + " is stored with other content; a stored line is never overwritten"));
    }
    if (customer.isPresent()
        && line.customerId().isPresent()
        && !line.customerId().get().equals(customer.get())) {
      found.add(
          new Violation(
              Rule.CONFLICTING_CUSTOMER,
              "CustomerID",
              "Invoice "
                  + line.invoiceNo()
                  + " belongs to customer "
                  + customer.get()
                  + ", this line names "
                  + line.customerId().get()));
    }
    return found;
  }

  /**
   * Says that a duplicate was read from another file than its stored twin, if both files are known
   * and differ.
   */
  public static Optional<Violation> repeatedFromOtherFile(InvoiceLine line, InvoiceLine twin) {
    if (line.sourceFile().isEmpty()
        || twin.sourceFile().isEmpty()
        || line.sourceFile().equals(twin.sourceFile())) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(
            Rule.REPEATED_FROM_OTHER_FILE,
            "SourceFile",
            "The same line came before from file " + twin.sourceFile().get()));
  }
}
