package org.invoiceflow.job.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.invoiceflow.job.testing.Lines.guest;
import static org.invoiceflow.job.testing.Lines.lines;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.intake.Records;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.testing.Bytes;
import org.invoiceflow.job.testing.ExtremeLines;
import org.invoiceflow.job.testing.Lines;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items' forms in DynamoDB and between operators. */
class ViewFormsTest {

  private static final String INVOICE = "C536379";

  @Property(tries = 100)
  void items_of_the_most_extreme_lines_are_read_back_as_they_were_written(
      @ForAll("linesOfOneInvoice") List<InvoiceLine> lines) {
    for (InvoicePart part : partsOf(lines)) {
      assertThat(ViewItems.toPart(ViewItems.ofPart(part)))
          .usingRecursiveComparison()
          .isEqualTo(part);
    }
  }

  @Property(tries = 100)
  void values_between_operators_are_read_back_as_they_were_written(
      @ForAll("linesOfOneInvoice") List<InvoiceLine> lines,
      @ForAll("rejections") List<Rejection> conflicts,
      @ForAll("rejections") List<Rejection> repeated)
      throws IOException {
    List<InvoicePart> parts = partsOf(lines);
    for (InvoicePart part : parts) {
      assertThat(Bytes.through(new InvoicePartCodec(), part)).isEqualTo(part);
    }
    InvoiceSummary summary = InvoiceSummary.of(lines);
    assertThat(Bytes.through(new InvoiceSummaryCodec(), summary)).isEqualTo(summary);
    MergedInvoice merged = new MergedInvoice(summary, parts, lines, conflicts, 7, repeated);
    assertThat(Bytes.through(new MergedInvoiceCodec(), merged))
        .usingRecursiveComparison()
        .isEqualTo(merged);
  }

  @Example
  void the_first_part_is_the_summary_the_lines_and_the_parts() {
    List<InvoiceLine> all = lines(INVOICE, 1, 2, 101);

    Map<String, AttributeValue> item = ViewItems.ofPart(partsOf(all).get(1));

    assertThat(item)
        .containsOnlyKeys(
            ViewSchema.INVOICE_NO,
            ViewSchema.PART,
            ViewSchema.LINES,
            ViewSchema.CUSTOMER_ID,
            ViewSchema.COUNTRY,
            ViewSchema.KIND,
            ViewSchema.DATE,
            ViewSchema.LINE_COUNT,
            ViewSchema.UNITS,
            ViewSchema.TOTAL,
            ViewSchema.PARTS);
    assertThat(item.get(ViewSchema.PART).s()).isEqualTo("0001");
    assertThat(item.get(ViewSchema.KIND).s()).isEqualTo("CANCELLATION");
    assertThat(item.get(ViewSchema.DATE).s()).isEqualTo("2010-12-01T08:26:00");
    assertThat(item.get(ViewSchema.LINE_COUNT).n()).isEqualTo("3");
    assertThat(item.get(ViewSchema.PARTS).ss()).containsExactlyInAnyOrder("0001", "0002");
  }

  /** By DynamoDB's published rule: UTF-8 bytes of names and values, and a little for a set. */
  @Example
  void the_longest_lines_of_a_part_stay_below_the_400_KB_of_an_item() {
    String quotes = "\"".repeat(1_000);
    List<InvoiceLine> longest = new ArrayList<>();
    IntStream.rangeClosed(1, 100)
        .forEach(
            lineNo ->
                longest.add(
                    InvoiceLine.builder()
                        .invoiceNo(quotes.substring(0, 64))
                        .lineNo(lineNo)
                        .stockCode(quotes.substring(0, 64))
                        .description(quotes)
                        .quantity(Integer.MIN_VALUE)
                        .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 26))
                        .unitPrice(new BigDecimal("-999999999.9999"))
                        .customerId(quotes.substring(0, 64))
                        .country(quotes.substring(0, 100))
                        .sourceFile(quotes.substring(0, 255))
                        .build()));
    List<Integer> allParts = IntStream.rangeClosed(1, 9_999).boxed().collect(Collectors.toList());
    InvoicePart part = InvoicePart.first(InvoiceSummary.of(longest), longest, allParts);

    int bytes = 0;
    for (Map.Entry<String, AttributeValue> attribute : ViewItems.ofPart(part).entrySet()) {
      bytes += attribute.getKey().length() + bytesOf(attribute.getValue());
    }

    assertThat(bytes).isGreaterThan(300_000).isLessThan(400 * 1_024);
  }

  private static int bytesOf(AttributeValue value) {
    if (value.hasSs()) {
      return 3 + value.ss().stream().mapToInt(text -> text.length() + 1).sum();
    }
    return (value.s() == null ? value.n() : value.s()).getBytes(StandardCharsets.UTF_8).length;
  }

  @Example
  void a_guests_item_has_no_customer_and_a_later_part_no_summary() {
    List<InvoicePart> parts = partsOf(List.of(guest(INVOICE, 1), guest(INVOICE, 101)));

    assertThat(ViewItems.ofPart(parts.get(1))).doesNotContainKey(ViewSchema.CUSTOMER_ID);
    assertThat(ViewItems.ofPart(parts.get(0)))
        .containsOnlyKeys(ViewSchema.INVOICE_NO, ViewSchema.PART, ViewSchema.LINES);
  }

  @Example
  void a_row_of_the_customers_view_is_keyed_by_customer_and_invoice() {
    Map<String, AttributeValue> row = ViewItems.ofCustomerRow(InvoiceSummary.of(lines(INVOICE, 1)));

    assertThat(row.get(ViewSchema.CUSTOMER_ID).s()).isEqualTo(Lines.CUSTOMER);
    assertThat(row.get(ViewSchema.INVOICE_NO).s()).isEqualTo(INVOICE);
    assertThat(row).doesNotContainKey(ViewSchema.LINES);
  }

  @Example
  void a_stored_line_that_the_rules_refuse_now_and_one_with_a_later_field_do_not_stop_the_merge() {
    InvoicePart part = partsOf(lines(INVOICE, 1)).get(0);
    InvoiceLine refused = part.lines().get(0).toBuilder().description("x".repeat(2_000)).build();
    String json = LineJson.toJsonArray(List.of(refused));
    Map<String, AttributeValue> item = new HashMap<>(ViewItems.ofPart(part));
    item.put(
        ViewSchema.LINES,
        AttributeValue.builder().s(json.replace("}", ",\"Discount\":\"0.1\"}")).build());

    assertThat(ViewItems.toPart(item).lines()).containsExactly(refused);
  }

  @Example
  void an_item_that_somebody_else_wrote_stops_the_job_rather_than_being_destroyed() {
    Map<String, AttributeValue> item =
        new HashMap<>(ViewItems.ofPart(partsOf(lines(INVOICE, 1)).get(0)));
    item.put(ViewSchema.LINES, AttributeValue.builder().s("[{\"a\":1}]").build());
    assertThatThrownBy(() -> ViewItems.toPart(item))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Part 1 of invoice " + INVOICE);

    item.remove(ViewSchema.COUNTRY);
    item.remove(ViewSchema.LINES);
    assertThatThrownBy(() -> ViewItems.toPart(item))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no attribute country");
  }

  private static List<InvoicePart> partsOf(List<InvoiceLine> lines) {
    InvoiceChange change =
        new InvoiceChange(lines.get(0).invoiceNo(), Lines.received(lines), List.of());
    return MergedInvoice.of(change, List.of()).parts();
  }

  @Provide
  Arbitrary<List<InvoiceLine>> linesOfOneInvoice() {
    return ExtremeLines.identifiers()
        .flatMap(
            invoice ->
                ExtremeLines.of(
                        Arbitraries.just(invoice), Arbitraries.integers().between(1, 999_900))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(5))
        .map(ViewFormsTest::withoutConflicts);
  }

  private static List<InvoiceLine> withoutConflicts(List<InvoiceLine> lines) {
    TreeMap<Integer, InvoiceLine> byNo = new TreeMap<>();
    lines.forEach(
        line ->
            byNo.put(
                line.lineNo(),
                line.toBuilder().customerId(lines.get(0).customerId().orElse(null)).build()));
    return List.copyOf(byNo.values());
  }

  @Provide
  Arbitrary<List<Rejection>> rejections() {
    return Records.anyRejection().list().ofMaxSize(2);
  }
}
