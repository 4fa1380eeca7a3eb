package org.invoiceflow.job.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.job.testing.Lines.line;
import static org.invoiceflow.job.testing.Lines.received;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.Test;

/** The limit of decision 0010, sentence by sentence: a stream and an import of one invoice. */
class TwoWritersTest {

  private static final String INVOICE = "536365";

  private final Map<Integer, InvoicePart> table = new HashMap<>();

  @Test
  void one_writer_after_the_other_gives_the_union() {
    land(merge(lines(1, 30), List.of()));
    land(merge(lines(31, 50), List.of()));

    assertThat(view()).isEqualTo(lines(1, 50));
  }

  @Test
  void of_two_that_read_before_either_put_lands_the_later_put_misses_the_lines_of_the_earlier() {
    List<InvoicePart> ofStream = merge(lines(1, 30), List.of());
    List<InvoicePart> ofImport = merge(lines(31, 50), List.of());
    land(ofImport);
    land(ofStream);

    assertThat(view()).isEqualTo(lines(1, 30));
  }

  @Test
  void the_next_change_of_the_writer_whose_lines_are_missing_puts_them_back() {
    land(merge(lines(1, 130), List.of()));
    table.put(2, InvoicePart.later(INVOICE, 2, lines(131, 150)));

    land(merge(lines(151, 151), lines(1, 130)));
    assertThat(view()).isEqualTo(lines(1, 151));

    table.put(2, InvoicePart.later(INVOICE, 2, lines(131, 150)));
    land(merge(lines(201, 201), lines(1, 130)));
    assertThat(view()).startsWith(lines(1, 150).toArray(new InvoiceLine[0]));
  }

  @Test
  void the_next_change_of_the_other_writer_does_not() {
    land(merge(lines(1, 30), List.of()));

    land(merge(lines(51, 51), lines(1, 30)));

    assertThat(view()).doesNotContainAnyElementsOf(lines(31, 50));
  }

  @Test
  void an_import_or_a_replay_of_the_missing_lines_puts_them_back() {
    land(merge(lines(1, 30), List.of()));

    land(merge(lines(1, 50), List.of()));

    assertThat(view()).isEqualTo(lines(1, 50));
    assertThat(table.get(1).summary().orElseThrow().lineCount()).isEqualTo(50);
  }

  @Test
  void what_an_older_put_takes_away_the_change_behind_it_puts_back_if_it_brings_the_same_lines() {
    List<InvoicePart> waiting = merge(lines(1, 30), List.of());
    land(merge(lines(1, 50), List.of()));
    List<InvoicePart> behind = merge(lines(31, 50), lines(1, 30));
    land(waiting);
    land(behind);

    assertThat(view()).isEqualTo(lines(1, 50));
  }

  private List<InvoicePart> merge(List<InvoiceLine> fresh, List<InvoiceLine> known) {
    InvoiceChange change = new InvoiceChange(INVOICE, received(fresh), known);
    return MergedInvoice.of(change, table.values()).parts();
  }

  private void land(List<InvoicePart> puts) {
    puts.forEach(part -> table.put(part.part(), part));
  }

  private List<InvoiceLine> view() {
    List<InvoiceLine> lines = new ArrayList<>();
    new TreeMap<>(table).values().forEach(part -> lines.addAll(part.lines()));
    return lines;
  }

  private static List<InvoiceLine> lines(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(lineNo -> line(INVOICE, lineNo))
        .collect(Collectors.toList());
  }
}
