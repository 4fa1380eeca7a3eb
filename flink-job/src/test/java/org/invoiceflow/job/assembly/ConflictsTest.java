package org.invoiceflow.job.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.job.testing.Lines.changed;
import static org.invoiceflow.job.testing.Lines.fromFile;
import static org.invoiceflow.job.testing.Lines.guest;
import static org.invoiceflow.job.testing.Lines.line;
import static org.invoiceflow.job.testing.Lines.ofCustomer;

import java.math.BigDecimal;
import java.util.Optional;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.junit.jupiter.api.Test;

class ConflictsTest {

  private final InvoiceLine line = line("536365", 1);

  @Test
  void a_line_of_an_unknown_invoice_is_no_conflict() {
    assertThat(Conflicts.between(line, Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void the_same_content_is_no_conflict_whatever_the_price_is_written_like() {
    InvoiceLine twin = line.toBuilder().unitPrice(new BigDecimal("2.5500")).build();

    assertThat(Conflicts.between(line, Optional.of(twin), twin.customerId())).isEmpty();
  }

  @Test
  void other_content_under_the_same_identity_is_a_conflict_that_names_the_line() {
    assertThat(Conflicts.between(line, Optional.of(changed(line)), line.customerId()))
        .containsExactly(
            new Violation(
                Rule.CONFLICTING_CONTENT,
                "",
                "Line 1 of invoice 536365 is stored with other content;"
                    + " a stored line is never overwritten"));
  }

  @Test
  void another_customer_is_a_conflict_that_names_both() {
    assertThat(Conflicts.between(ofCustomer(line, "12583"), Optional.empty(), Optional.of("17850")))
        .containsExactly(
            new Violation(
                Rule.CONFLICTING_CUSTOMER,
                "CustomerID",
                "Invoice 536365 belongs to customer 17850, this line names 12583"));
  }

  @Test
  void every_reason_is_given() {
    InvoiceLine other = ofCustomer(changed(line), "12583");

    assertThat(Conflicts.between(other, Optional.of(line), line.customerId()))
        .extracting(Violation::rule)
        .containsExactly(Rule.CONFLICTING_CONTENT, Rule.CONFLICTING_CUSTOMER);
  }

  @Test
  void a_line_that_names_nobody_fits_any_customer() {
    assertThat(Conflicts.between(guest("536365", 2), Optional.empty(), Optional.of("17850")))
        .isEmpty();
  }

  @Test
  void a_duplicate_from_another_file_is_told_with_the_name_of_the_first() {
    InvoiceLine first = fromFile(line, "december.csv");

    assertThat(Conflicts.repeatedFromOtherFile(fromFile(line, "january.csv"), first))
        .contains(
            new Violation(
                Rule.REPEATED_FROM_OTHER_FILE,
                "SourceFile",
                "The same line came before from file december.csv"));
  }

  @Test
  void a_duplicate_from_the_same_or_an_unknown_file_is_nothing_to_tell() {
    InvoiceLine first = fromFile(line, "december.csv");

    assertThat(Conflicts.repeatedFromOtherFile(first, first)).isEmpty();
    assertThat(Conflicts.repeatedFromOtherFile(line, first)).isEmpty();
    assertThat(Conflicts.repeatedFromOtherFile(first, line)).isEmpty();
  }
}
