package org.invoiceflow.job.views;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The DynamoDB form of the views' items, both ways; see {@link ViewSchema}. */
final class ViewItems {

  private ViewItems() {}

  static Map<String, AttributeValue> ofKey(PartKey key) {
    return Map.of(
        ViewSchema.INVOICE_NO, text(key.invoiceNo()),
        ViewSchema.PART, text(InvoiceParts.key(key.part())));
  }

  static Map<String, AttributeValue> ofPart(InvoicePart part) {
    Map<String, AttributeValue> item = new HashMap<>(ofKey(part.key()));
    if (!part.lines().isEmpty()) {
      item.put(ViewSchema.LINES, text(LineJson.toJsonArray(part.lines())));
    }
    part.summary()
        .ifPresent(
            summary -> {
              putSummary(item, summary);
              summary.customerId().ifPresent(id -> item.put(ViewSchema.CUSTOMER_ID, text(id)));
              List<String> keys =
                  part.parts().stream().map(InvoiceParts::key).collect(Collectors.toList());
              item.put(ViewSchema.PARTS, AttributeValue.builder().ss(keys).build());
            });
    return item;
  }

  static Map<String, AttributeValue> ofCustomerRow(InvoiceSummary summary) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(ViewSchema.CUSTOMER_ID, text(summary.customerId().orElseThrow()));
    item.put(ViewSchema.INVOICE_NO, text(summary.invoiceNo()));
    putSummary(item, summary);
    return item;
  }

  /**
   * Reads a part back.
   *
   * @throws IllegalStateException if somebody else has written into the table: going on could
   *     destroy it further
   */
  static InvoicePart toPart(Map<String, AttributeValue> item) {
    String invoiceNo = attribute(item, ViewSchema.INVOICE_NO).s();
    int part = Integer.parseInt(attribute(item, ViewSchema.PART).s());
    AttributeValue json = item.get(ViewSchema.LINES);
    List<InvoiceLine> lines = json == null ? List.of() : readLines(invoiceNo, part, json.s());
    if (part != InvoiceParts.SUMMARY_PART) {
      return InvoicePart.later(invoiceNo, part, lines);
    }
    InvoiceSummary summary =
        InvoiceSummary.stored(
            invoiceNo,
            Optional.ofNullable(item.get(ViewSchema.CUSTOMER_ID)).map(AttributeValue::s),
            attribute(item, ViewSchema.COUNTRY).s(),
            LocalDateTime.parse(attribute(item, ViewSchema.DATE).s()),
            Integer.parseInt(attribute(item, ViewSchema.LINE_COUNT).n()),
            Long.parseLong(attribute(item, ViewSchema.UNITS).n()),
            new BigDecimal(attribute(item, ViewSchema.TOTAL).n()));
    List<Integer> parts =
        attribute(item, ViewSchema.PARTS).ss().stream()
            .map(Integer::valueOf)
            .sorted()
            .collect(Collectors.toList());
    return InvoicePart.first(summary, lines, parts);
  }

  private static List<InvoiceLine> readLines(String invoiceNo, int part, String json) {
    return LineJson.readStored(json)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Part "
                        + part
                        + " of invoice "
                        + invoiceNo
                        + " in the invoices view holds lines that this job did not write"));
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "An item of the invoices view has no attribute " + name + ": " + item.keySet());
    }
    return value;
  }

  private static void putSummary(Map<String, AttributeValue> item, InvoiceSummary summary) {
    item.put(ViewSchema.COUNTRY, text(summary.country()));
    item.put(ViewSchema.KIND, text(summary.kind().name()));
    item.put(ViewSchema.DATE, text(LineJson.formatDate(summary.date())));
    item.put(ViewSchema.LINE_COUNT, number(Integer.toString(summary.lineCount())));
    item.put(ViewSchema.UNITS, number(Long.toString(summary.units())));
    item.put(ViewSchema.TOTAL, number(summary.total().toPlainString()));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.builder().s(value).build();
  }

  private static AttributeValue number(String value) {
    return AttributeValue.builder().n(value).build();
  }
}
