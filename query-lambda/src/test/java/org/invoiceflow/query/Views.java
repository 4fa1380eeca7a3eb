package org.invoiceflow.query;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Invoices in the form in which the job writes them into the tables. */
public final class Views {

  private Views() {}

  static InvoiceLine line(String invoiceNo, int lineNo) {
    return line(invoiceNo, lineNo, "17850", LocalDateTime.of(2010, 12, 1, 8, 26));
  }

  static InvoiceLine line(String invoiceNo, int lineNo, String customerId, LocalDateTime date) {
    return InvoiceLine.builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode("85123A")
        .description("Gift Voucher £20.00 \"SMALL\"")
        .quantity(6)
        .invoiceDate(date)
        .unitPrice(new BigDecimal("2.5512"))
        .customerId(customerId)
        .country("United Kingdom")
        .build();
  }

  /** Both views of one invoice; a guest's has no row in the customers view. */
  static void put(FakeTables tables, List<InvoiceLine> lines) {
    invoiceParts(lines).forEach(tables::putInvoicePart);
    InvoiceSummary summary = InvoiceSummary.of(lines);
    if (summary.customerId().isPresent()) {
      tables.putCustomerRow(attributes(summary));
    }
  }

  /** The items of one invoice in the invoices view, by their part. */
  public static List<Map<String, AttributeValue>> invoiceParts(List<InvoiceLine> lines) {
    InvoiceSummary summary = InvoiceSummary.of(lines);
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<Integer, List<InvoiceLine>> parts = new TreeMap<>();
    parts.put(InvoiceParts.SUMMARY_PART, new ArrayList<>());
    for (InvoiceLine line : lines) {
      parts.computeIfAbsent(InvoiceParts.partOf(line.lineNo()), p -> new ArrayList<>()).add(line);
    }
    parts.forEach(
        (part, its) -> {
          Map<String, AttributeValue> item = new HashMap<>();
          if (part == InvoiceParts.SUMMARY_PART) {
            item.putAll(attributes(summary));
            item.put(
                ViewSchema.PARTS,
                AttributeValue.fromSs(parts.keySet().stream().map(InvoiceParts::key).toList()));
          }
          item.put(ViewSchema.INVOICE_NO, AttributeValue.fromS(summary.invoiceNo()));
          item.put(ViewSchema.PART, AttributeValue.fromS(InvoiceParts.key(part)));
          if (!its.isEmpty()) {
            item.put(ViewSchema.LINES, AttributeValue.fromS(LineJson.toJsonArray(its)));
          }
          items.add(item);
        });
    return items;
  }

  /** The item of one invoice in the customers view; also what part 1 in the invoices view adds. */
  public static Map<String, AttributeValue> attributes(InvoiceSummary summary) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(ViewSchema.INVOICE_NO, AttributeValue.fromS(summary.invoiceNo()));
    summary
        .customerId()
        .ifPresent(id -> item.put(ViewSchema.CUSTOMER_ID, AttributeValue.fromS(id)));
    item.put(ViewSchema.COUNTRY, AttributeValue.fromS(summary.country()));
    item.put(ViewSchema.KIND, AttributeValue.fromS(summary.kind().name()));
    item.put(ViewSchema.DATE, AttributeValue.fromS(LineJson.formatDate(summary.date())));
    item.put(ViewSchema.LINE_COUNT, AttributeValue.fromN(Integer.toString(summary.lineCount())));
    item.put(ViewSchema.UNITS, AttributeValue.fromN(Long.toString(summary.units())));
    item.put(ViewSchema.TOTAL, AttributeValue.fromN(summary.total().toPlainString()));
    return item;
  }
}
