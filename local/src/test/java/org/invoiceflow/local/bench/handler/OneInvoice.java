package org.invoiceflow.local.bench.handler;

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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The invoices table with one invoice in it, which answers every query with it at no cost. */
final class OneInvoice implements DynamoDbClient {

  private final List<InvoiceLine> lines;
  private final QueryResponse answer;

  OneInvoice(List<InvoiceLine> lines) {
    this.lines = lines;
    this.answer = QueryResponse.builder().items(lines.isEmpty() ? List.of() : items(lines)).build();
  }

  /** With the invoice that has the most lines. */
  static OneInvoice largestOf(List<InvoiceLine> lines) {
    Map<String, List<InvoiceLine>> invoices = new HashMap<>();
    lines.forEach(
        line -> invoices.computeIfAbsent(line.invoiceNo(), any -> new ArrayList<>()).add(line));
    return new OneInvoice(
        invoices.values().stream()
            .max((one, other) -> Integer.compare(one.size(), other.size()))
            .orElseThrow());
  }

  String number() {
    return lines.get(0).invoiceNo();
  }

  int size() {
    return lines.size();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return answer;
  }

  private static List<Map<String, AttributeValue>> items(List<InvoiceLine> lines) {
    Map<Integer, List<InvoiceLine>> parts = new TreeMap<>();
    lines.forEach(
        line ->
            parts
                .computeIfAbsent(InvoiceParts.partOf(line.lineNo()), any -> new ArrayList<>())
                .add(line));
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    parts.forEach(
        (part, its) -> {
          Map<String, AttributeValue> item = new HashMap<>();
          if (part == InvoiceParts.SUMMARY_PART) {
            item.putAll(summary(InvoiceSummary.of(lines)));
            item.put(
                ViewSchema.PARTS,
                AttributeValue.fromSs(parts.keySet().stream().map(InvoiceParts::key).toList()));
          }
          item.put(ViewSchema.INVOICE_NO, AttributeValue.fromS(lines.get(0).invoiceNo()));
          item.put(ViewSchema.PART, AttributeValue.fromS(InvoiceParts.key(part)));
          item.put(ViewSchema.LINES, AttributeValue.fromS(LineJson.toJsonArray(its)));
          items.add(item);
        });
    return items;
  }

  private static Map<String, AttributeValue> summary(InvoiceSummary summary) {
    Map<String, AttributeValue> item = new HashMap<>();
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

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
