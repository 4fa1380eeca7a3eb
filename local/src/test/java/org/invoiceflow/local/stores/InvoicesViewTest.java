package org.invoiceflow.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.stores.FakeDynamoDb.INVOICES;
import static org.invoiceflow.local.stores.Lines.line;
import static org.invoiceflow.model.ViewSchema.LINES;
import static org.invoiceflow.model.ViewSchema.LINE_COUNT;
import static org.invoiceflow.model.ViewSchema.PARTS;
import static org.invoiceflow.model.ViewSchema.TOTAL;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class InvoicesViewTest {

  private final FakeDynamoDb db = new FakeDynamoDb();

  @Test
  void an_invoice_of_many_parts_is_read_whole_and_its_lines_come_in_order() {
    List<InvoiceLine> lines = lines("536365", 1, 450);
    db.store(lines);
    Map<String, List<InvoiceLine>> seen = new ConcurrentHashMap<>();

    InvoicesView view =
        InvoicesView.read(db, INVOICES, found -> seen.put(found.get(0).invoiceNo(), found));

    assertThat(view.findings()).isEqualTo(Findings.NONE);
    assertThat(view.lines()).isEqualTo(450);
    assertThat(view.total()).isEqualByComparingTo("1125");
    assertThat(seen).containsExactlyEntriesOf(Map.of("536365", lines));
  }

  @Test
  void an_invoice_without_lines_in_its_first_part_is_whole() {
    db.store(lines("536365", 101, 120));

    assertThat(read().findings()).isEqualTo(Findings.NONE);
    assertThat(read().lines()).isEqualTo(20);
  }

  @Test
  void invoices_are_sorted_by_their_bytes() {
    for (String invoiceNo : List.of("\uffee", "C1", "\ud83d\ude00", "2", "10")) {
      db.store(lines(invoiceNo, 1, 1));
    }

    assertThat(read().invoices())
        .extracting(invoice -> invoice.stored().invoiceNo())
        .containsExactly("10", "2", "C1", "\uffee", "\ud83d\ude00");
  }

  @Test
  void a_guests_invoice_counts_as_such() {
    db.store(lines("536365", 1, 2));
    db.store(List.of(line("536366", 1).toBuilder().customerId(null).build()));

    assertThat(read().guestLines()).isEqualTo(1);
    assertThat(read().guestTotal()).isEqualByComparingTo("2.5");
  }

  @Test
  void a_missing_part_is_found() {
    db.store(lines("536365", 1, 300));
    db.items(INVOICES).remove(1);

    assertThat(read().findings().sentences())
        .first()
        .asString()
        .isEqualTo("Invoice 536365: names the parts [0001, 0002, 0003] but has [0001, 0003]");
    assertThat(read().lines()).isEqualTo(200);
  }

  @Test
  void a_part_that_is_not_named_is_found() {
    db.store(lines("536365", 1, 100));
    db.put(INVOICES, FakeDynamoDb.part("536365", 2, lines("536365", 101, 101)));

    assertThat(read().findings().sentences())
        .containsExactly("Invoice 536365: parts [0002] exist but are not named");
  }

  @Test
  void a_missing_summary_part_is_found() {
    db.put(INVOICES, FakeDynamoDb.part("536365", 2, lines("536365", 101, 101)));

    assertThat(read().findings().sentences())
        .containsExactly("Invoice 536365: part 0001 is missing");
  }

  @Test
  void a_first_part_that_names_no_parts_is_found() {
    db.store(lines("536365", 1, 1));
    db.items(INVOICES).get(0).remove(PARTS);

    assertThat(read().findings().sentences())
        .containsExactly("Invoice 536365: names the parts [] but has [0001]");
  }

  @Test
  void a_summary_that_does_not_follow_from_the_lines_is_found() {
    db.store(lines("536365", 1, 1));
    db.items(INVOICES).get(0).put(TOTAL, AttributeValue.fromN("2.501"));

    assertThat(read().findings().sentences())
        .singleElement()
        .asString()
        .startsWith("Invoice 536365: the summary says [")
        .contains("total=2.501] but the lines add up to [")
        .endsWith("total=2.5]");
    assertThat(read().total()).isEqualByComparingTo("2.5");
  }

  @Test
  void a_summary_that_cannot_be_read_is_found() {
    db.store(lines("536365", 1, 1));
    db.items(INVOICES).get(0).remove(LINE_COUNT);

    assertThat(read().findings().sentences())
        .containsExactly(
            "Invoice 536365, part 0001: the summary cannot be read: attribute line_count of type N"
                + " is missing");
  }

  @Test
  void a_line_in_the_wrong_place_is_found() {
    db.store(lines("536365", 1, 1));
    db.items(INVOICES)
        .get(0)
        .put(
            LINES,
            AttributeValue.fromS(
                LineJson.toJsonArray(
                    List.of(line("536365", 1), line("536366", 2), line("536365", 101)))));

    assertThat(read().findings().sentences())
        .containsExactly(
            "Invoice 536365, part 0001: holds line 2 of invoice 536366, which does not belong"
                + " there",
            "Invoice 536365, part 0001: holds line 101 of invoice 536365, which does not belong"
                + " there");
  }

  @Test
  void lines_that_are_no_json_are_found() {
    db.store(lines("536365", 1, 1));
    db.items(INVOICES).get(0).put(LINES, AttributeValue.fromS("[{"));

    assertThat(read().findings().count()).isEqualTo(2);
    assertThat(read().findings().sentences().get(0))
        .startsWith("Invoice 536365, part 0001: The text is not JSON");
    assertThat(read().findings().sentences().get(1)).isEqualTo("Invoice 536365: has no lines");
  }

  @Test
  void only_the_first_findings_are_kept_but_all_are_counted() {
    for (int i = 0; i < 50; i++) {
      db.put(INVOICES, FakeDynamoDb.part("N" + i, 2, lines("N" + i, 101, 101)));
    }

    assertThat(read().findings().count()).isEqualTo(50);
    assertThat(read().findings().sentences()).hasSize(Findings.KEPT);
  }

  @Test
  void line_counts_add_up_without_reading_the_lines() {
    db.store(lines("536365", 1, 250));
    db.store(lines("536366", 1, 3));

    assertThat(LineCounts.of(db, INVOICES)).isEqualTo(253);
  }

  private InvoicesView read() {
    return InvoicesView.read(db, INVOICES);
  }

  private static List<InvoiceLine> lines(String invoiceNo, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(lineNo -> line(invoiceNo, lineNo)).toList();
  }
}
