package org.invoiceflow.job.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.job.testing.Lines.changed;
import static org.invoiceflow.job.testing.Lines.fromFile;
import static org.invoiceflow.job.testing.Lines.guest;
import static org.invoiceflow.job.testing.Lines.line;
import static org.invoiceflow.job.testing.Lines.lines;
import static org.invoiceflow.job.testing.Lines.ofCustomer;
import static org.invoiceflow.job.testing.Lines.received;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.Rule;
import org.junit.jupiter.api.Test;

class MergedInvoiceTest {

  private static final String INVOICE = "536365";

  @Test
  void a_new_invoice_is_written_whole() {
    List<InvoiceLine> all = lines(INVOICE, 1, 2, 3);

    MergedInvoice merged = MergedInvoice.of(fresh(all), List.of());

    assertThat(merged.parts())
        .containsExactly(InvoicePart.first(InvoiceSummary.of(all), all, List.of(1)));
    assertThat(merged.customerRow()).contains(InvoiceSummary.of(all));
    assertThat(merged.conflicts()).isEmpty();
    assertThat(merged.alreadyStored()).isZero();
  }

  @Test
  void when_state_is_lost_the_stored_lines_stay() {
    List<InvoiceLine> stored = lines(INVOICE, 1, 2);

    MergedInvoice merged = MergedInvoice.of(fresh(lines(INVOICE, 3)), partsOf(stored));

    List<InvoiceLine> union = lines(INVOICE, 1, 2, 3);
    assertThat(merged.parts())
        .containsExactly(InvoicePart.first(InvoiceSummary.of(union), union, List.of(1)));
    assertThat(merged.customerRow()).contains(InvoiceSummary.of(union));
  }

  @Test
  void lines_whose_write_is_still_on_its_way_are_in_the_union() {
    InvoiceChange change =
        new InvoiceChange(INVOICE, received(lines(INVOICE, 3)), lines(INVOICE, 2, 1));

    MergedInvoice merged = MergedInvoice.of(change, List.of());

    assertThat(merged.parts().get(0).lines()).isEqualTo(lines(INVOICE, 1, 2, 3));
  }

  @Test
  void only_changed_parts_are_written_and_the_first_one_comes_last() {
    List<InvoiceLine> stored = lines(INVOICE, 1, 101, 201);
    List<InvoiceLine> union = lines(INVOICE, 1, 101, 201, 202);

    MergedInvoice merged = MergedInvoice.of(fresh(lines(INVOICE, 202)), partsOf(stored));

    assertThat(merged.parts())
        .containsExactly(
            InvoicePart.later(INVOICE, 3, lines(INVOICE, 201, 202)),
            InvoicePart.first(InvoiceSummary.of(union), lines(INVOICE, 1), List.of(1, 2, 3)));
  }

  @Test
  void what_is_stored_already_is_not_written_again_but_the_customers_row_is() {
    List<InvoiceLine> stored = lines(INVOICE, 1, 2, 150);

    MergedInvoice merged = MergedInvoice.of(fresh(stored), partsOf(stored));

    assertThat(merged.parts()).isEmpty();
    assertThat(merged.accepted()).isEqualTo(stored);
    assertThat(merged.alreadyStored()).isEqualTo(3);
    assertThat(merged.customerRow()).contains(InvoiceSummary.of(stored));
  }

  @Test
  void a_part_that_a_crash_kept_from_being_written_is_written_now() {
    List<InvoiceLine> all = lines(INVOICE, 1, 101);
    InvoicePart first = partsOf(all).get(0);

    MergedInvoice merged = MergedInvoice.of(fresh(all), List.of(first));

    assertThat(merged.parts()).containsExactly(InvoicePart.later(INVOICE, 2, lines(INVOICE, 101)));
  }

  @Test
  void a_stored_line_wins_and_the_fresh_one_is_rejected_with_its_record() {
    InvoiceLine stored = line(INVOICE, 1);
    ReceivedLine contender = received(changed(stored));

    MergedInvoice merged =
        MergedInvoice.of(
            new InvoiceChange(INVOICE, List.of(contender), List.of()), partsOf(List.of(stored)));

    assertThat(merged.parts()).isEmpty();
    assertThat(merged.summary()).isEqualTo(InvoiceSummary.of(List.of(stored)));
    assertThat(merged.conflicts()).hasSize(1);
    Rejection rejection = merged.conflicts().get(0);
    assertThat(rejection.record()).usingRecursiveComparison().isEqualTo(contender.record());
    assertThat(rejection.violations())
        .extracting(v -> v.rule())
        .containsExactly(Rule.CONFLICTING_CONTENT);
  }

  @Test
  void a_line_of_another_customer_than_the_stored_one_is_rejected_and_the_rest_goes_through() {
    List<InvoiceLine> stored = lines(INVOICE, 1);
    InvoiceLine foreign = ofCustomer(line(INVOICE, 2), "12583");

    MergedInvoice merged =
        MergedInvoice.of(fresh(List.of(foreign, guest(INVOICE, 3))), partsOf(stored));

    assertThat(merged.conflicts()).hasSize(1);
    assertThat(merged.conflicts().get(0).violations())
        .extracting(v -> v.rule())
        .containsExactly(Rule.CONFLICTING_CUSTOMER);
    assertThat(merged.parts().get(0).lines()).containsExactly(line(INVOICE, 1), guest(INVOICE, 3));
  }

  @Test
  void a_conflict_of_an_earlier_change_is_not_reported_again() {
    InvoiceLine stored = line(INVOICE, 1);
    InvoiceChange change =
        new InvoiceChange(INVOICE, received(lines(INVOICE, 2)), List.of(changed(stored)));

    MergedInvoice merged = MergedInvoice.of(change, partsOf(List.of(stored)));

    assertThat(merged.conflicts()).isEmpty();
    assertThat(merged.parts().get(0).lines()).isEqualTo(lines(INVOICE, 1, 2));
  }

  @Test
  void a_line_that_contradicts_a_known_one_is_stored_if_the_table_holds_it() {
    InvoiceLine stored = line(INVOICE, 1);
    InvoiceChange change =
        new InvoiceChange(INVOICE, received(List.of(stored)), List.of(changed(stored)));

    MergedInvoice merged = MergedInvoice.of(change, partsOf(List.of(stored)));

    assertThat(merged.accepted()).containsExactly(stored);
    assertThat(merged.conflicts()).isEmpty();
    assertThat(merged.summary()).isEqualTo(InvoiceSummary.of(List.of(stored)));
  }

  @Test
  void a_line_of_the_stored_customer_is_stored_whomever_the_known_lines_name() {
    InvoiceLine foreign = ofCustomer(line(INVOICE, 1), "12583");
    InvoiceChange change =
        new InvoiceChange(INVOICE, received(lines(INVOICE, 2)), List.of(foreign));

    MergedInvoice merged = MergedInvoice.of(change, partsOf(lines(INVOICE, 3)));

    assertThat(merged.accepted()).isEqualTo(lines(INVOICE, 2));
    assertThat(merged.summary()).isEqualTo(InvoiceSummary.of(lines(INVOICE, 2, 3)));
  }

  @Test
  void of_several_contenders_in_a_change_the_first_is_stored_unless_another_one_is_known() {
    InvoiceLine first = line(INVOICE, 1);
    InvoiceLine second = changed(first);
    InvoiceLine third = changed(second);
    List<ReceivedLine> contenders = received(List.of(first, second, third));

    MergedInvoice unknown =
        MergedInvoice.of(new InvoiceChange(INVOICE, contenders, List.of()), List.of());
    MergedInvoice known =
        MergedInvoice.of(
            new InvoiceChange(INVOICE, contenders.subList(0, 2), List.of(third)), List.of());

    assertThat(unknown.accepted()).containsExactly(first);
    assertThat(unknown.conflicts()).hasSize(2);
    assertThat(known.accepted()).isEmpty();
    assertThat(known.conflicts()).hasSize(2);
    assertThat(known.parts().get(0).lines()).containsExactly(third);
  }

  @Test
  void known_lines_that_contradict_each_other_keep_the_decision_that_they_had() {
    InvoiceLine content = guest(INVOICE, 1);
    InvoiceLine rejected = line(INVOICE, 1);
    InvoiceLine accepted = ofCustomer(line(INVOICE, 2), "12583");
    InvoiceLine rejectedLater = line(INVOICE, 3);
    InvoiceChange change =
        new InvoiceChange(
            INVOICE,
            received(List.of(guest(INVOICE, 4))),
            List.of(rejected, accepted, rejectedLater));

    // The put of the accepted one is still on its way.
    MergedInvoice merged = MergedInvoice.of(change, partsOf(List.of(content)));

    assertThat(merged.summary())
        .isEqualTo(InvoiceSummary.of(List.of(content, accepted, guest(INVOICE, 4))));
  }

  @Test
  void with_an_older_put_possible_an_equal_part_is_written_again() {
    List<InvoiceLine> stored = lines(INVOICE, 1, 2, 101, 102, 201);
    InvoiceChange change =
        new InvoiceChange(INVOICE, received(lines(INVOICE, 102)), lines(INVOICE, 1, 101, 201));

    MergedInvoice merged = MergedInvoice.of(change, partsOf(stored));

    // An older put of part 2 with line 101 alone, read before another writer added 102, may follow.
    assertThat(merged.parts()).extracting(InvoicePart::part).containsExactly(2, 1);
    assertThat(merged.summary()).isEqualTo(InvoiceSummary.of(stored));
  }

  @Test
  void a_change_of_rejected_lines_alone_writes_no_equal_part() {
    List<InvoiceLine> stored = lines(INVOICE, 1);
    InvoiceChange change =
        new InvoiceChange(INVOICE, received(List.of(changed(stored.get(0)))), stored);

    assertThat(MergedInvoice.of(change, partsOf(stored)).parts()).isEmpty();
  }

  @Test
  void known_lines_that_another_writer_has_erased_are_written_again() {
    InvoiceChange change =
        new InvoiceChange(INVOICE, received(lines(INVOICE, 1)), lines(INVOICE, 101, 201));

    MergedInvoice merged = MergedInvoice.of(change, partsOf(lines(INVOICE, 102, 201)));

    assertThat(merged.parts())
        .contains(InvoicePart.later(INVOICE, 2, lines(INVOICE, 101, 102)))
        .extracting(InvoicePart::part)
        .containsExactly(2, 1);
  }

  @Test
  void line_numbers_may_leave_gaps_up_to_the_highest() {
    List<InvoiceLine> all = lines(INVOICE, 1, 999_900);

    MergedInvoice merged = MergedInvoice.of(fresh(all), List.of());

    assertThat(merged.parts())
        .containsExactly(
            InvoicePart.later(INVOICE, 9_999, lines(INVOICE, 999_900)),
            InvoicePart.first(InvoiceSummary.of(all), lines(INVOICE, 1), List.of(1, 9_999)));
  }

  @Test
  void an_invoice_without_low_line_numbers_has_a_first_part_all_the_same() {
    List<InvoiceLine> all = lines(INVOICE, 101);

    assertThat(MergedInvoice.of(fresh(all), List.of()).parts())
        .containsExactly(
            InvoicePart.later(INVOICE, 2, all),
            InvoicePart.first(InvoiceSummary.of(all), List.of(), List.of(1, 2)));
  }

  @Test
  void line_100_ends_the_first_part_and_line_101_begins_the_second() {
    List<InvoiceLine> all = lines(INVOICE, IntStream.rangeClosed(99, 102).toArray());

    List<InvoicePart> parts = MergedInvoice.of(fresh(all), List.of()).parts();

    assertThat(parts.get(1).lines()).isEqualTo(lines(INVOICE, 99, 100));
    assertThat(parts.get(0).lines()).isEqualTo(lines(INVOICE, 101, 102));
  }

  @Test
  void a_guests_invoice_has_no_row_of_a_customer_until_a_line_names_one() {
    List<InvoiceLine> stored = List.of(guest(INVOICE, 1));
    assertThat(MergedInvoice.of(fresh(stored), List.of()).customerRow()).isEmpty();

    MergedInvoice later = MergedInvoice.of(fresh(lines(INVOICE, 2)), partsOf(stored));

    assertThat(later.conflicts()).isEmpty();
    assertThat(later.customerRow().flatMap(InvoiceSummary::customerId)).contains("17850");
    assertThat(later.customerRow().map(InvoiceSummary::lineCount)).contains(2);
    assertThat(later.parts().get(0).summary()).isEqualTo(later.customerRow());
  }

  @Test
  void two_halves_give_the_same_items_in_either_order() {
    List<InvoiceLine> odd = lines(INVOICE, 1, 3, 99, 101, 301);
    List<InvoiceLine> even = lines(INVOICE, 2, 4, 100, 102, 202);

    assertThat(written(odd, even)).isEqualTo(written(even, odd));
  }

  @Test
  void a_line_that_another_file_has_stored_is_listed_and_not_a_conflict() {
    InvoiceLine stored = fromFile(line(INVOICE, 1), "december.csv");
    InvoiceLine again = fromFile(line(INVOICE, 1), "january.csv");

    MergedInvoice merged = MergedInvoice.of(fresh(List.of(again)), partsOf(List.of(stored)));

    assertThat(merged.parts()).isEmpty();
    assertThat(merged.conflicts()).isEmpty();
    assertThat(merged.alreadyStored()).isEqualTo(1);
    assertThat(merged.repeated()).hasSize(1);
    assertThat(merged.repeated().get(0).violations().get(0).message()).contains("december.csv");
  }

  private static InvoiceChange fresh(List<InvoiceLine> lines) {
    return new InvoiceChange(INVOICE, received(lines), List.of());
  }

  /** The items of lines that were written in one go. */
  private static List<InvoicePart> partsOf(List<InvoiceLine> lines) {
    return sorted(MergedInvoice.of(fresh(lines), List.of()).parts());
  }

  /** The items after two runs, of which the second knows nothing of the first. */
  private static List<InvoicePart> written(List<InvoiceLine> first, List<InvoiceLine> second) {
    List<InvoicePart> stored = partsOf(first);
    List<InvoicePart> update = MergedInvoice.of(fresh(second), stored).parts();
    List<InvoicePart> untouched =
        stored.stream()
            .filter(part -> update.stream().noneMatch(u -> u.key().equals(part.key())))
            .collect(Collectors.toList());
    untouched.addAll(update);
    return sorted(untouched);
  }

  private static List<InvoicePart> sorted(Collection<InvoicePart> parts) {
    return parts.stream()
        .sorted(Comparator.comparingInt(InvoicePart::part))
        .collect(Collectors.toList());
  }
}
