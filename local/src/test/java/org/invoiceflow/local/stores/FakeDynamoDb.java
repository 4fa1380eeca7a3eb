package org.invoiceflow.local.stores;

import static org.invoiceflow.model.ViewSchema.COUNTRY;
import static org.invoiceflow.model.ViewSchema.CUSTOMER_ID;
import static org.invoiceflow.model.ViewSchema.DATE;
import static org.invoiceflow.model.ViewSchema.INVOICE_NO;
import static org.invoiceflow.model.ViewSchema.KIND;
import static org.invoiceflow.model.ViewSchema.LINES;
import static org.invoiceflow.model.ViewSchema.LINE_COUNT;
import static org.invoiceflow.model.ViewSchema.PART;
import static org.invoiceflow.model.ViewSchema.PARTS;
import static org.invoiceflow.model.ViewSchema.TOTAL;
import static org.invoiceflow.model.ViewSchema.UNITS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Tables in memory that answer scans in segments and in pages of two items. */
final class FakeDynamoDb implements DynamoDbClient {

  static final String INVOICES = "invoices";
  static final String CUSTOMERS = "customers";
  private static final int PAGE = 2;
  private static final String PLACE = "place";

  private final Map<String, List<Map<String, AttributeValue>>> tables = new TreeMap<>();

  /** Stores an invoice as the job does, in both views. */
  void store(List<InvoiceLine> lines) {
    InvoiceSummary summary = InvoiceSummary.of(lines);
    Map<Integer, List<InvoiceLine>> parts = new TreeMap<>(Map.of(1, List.of()));
    for (InvoiceLine line : lines) {
      parts.merge(
          InvoiceParts.partOf(line.lineNo()),
          List.of(line),
          (a, b) -> {
            List<InvoiceLine> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
          });
    }
    parts.forEach(
        (part, ofPart) -> {
          Map<String, AttributeValue> item = part(summary.invoiceNo(), part, ofPart);
          if (part == InvoiceParts.SUMMARY_PART) {
            item.putAll(summary(summary));
            List<String> keys = parts.keySet().stream().map(InvoiceParts::key).toList();
            item.put(PARTS, AttributeValue.fromSs(keys));
          }
          put(INVOICES, item);
        });
    if (summary.customerId().isPresent()) {
      put(CUSTOMERS, summary(summary));
    }
  }

  static Map<String, AttributeValue> part(String invoiceNo, int part, List<InvoiceLine> lines) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(INVOICE_NO, AttributeValue.fromS(invoiceNo));
    item.put(PART, AttributeValue.fromS(InvoiceParts.key(part)));
    if (!lines.isEmpty()) {
      item.put(LINES, AttributeValue.fromS(LineJson.toJsonArray(lines)));
    }
    return item;
  }

  static Map<String, AttributeValue> summary(InvoiceSummary summary) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(INVOICE_NO, AttributeValue.fromS(summary.invoiceNo()));
    summary.customerId().ifPresent(id -> item.put(CUSTOMER_ID, AttributeValue.fromS(id)));
    item.put(COUNTRY, AttributeValue.fromS(summary.country()));
    item.put(KIND, AttributeValue.fromS(summary.kind().name()));
    item.put(DATE, AttributeValue.fromS(LineJson.formatDate(summary.date())));
    item.put(LINE_COUNT, AttributeValue.fromN(Integer.toString(summary.lineCount())));
    item.put(UNITS, AttributeValue.fromN(Long.toString(summary.units())));
    item.put(TOTAL, AttributeValue.fromN(summary.total().toPlainString()));
    return item;
  }

  void put(String table, Map<String, AttributeValue> item) {
    tables.computeIfAbsent(table, name -> new ArrayList<>()).add(item);
  }

  /** The stored items themselves; change them at will. */
  List<Map<String, AttributeValue>> items(String table) {
    return tables.getOrDefault(table, List.of());
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    List<Map<String, AttributeValue>> segment = new ArrayList<>();
    List<Map<String, AttributeValue>> all = items(request.tableName());
    for (int i = request.segment(); i < all.size(); i += request.totalSegments()) {
      segment.add(all.get(i));
    }
    int from =
        request.hasExclusiveStartKey()
            ? Integer.parseInt(request.exclusiveStartKey().get(PLACE).n())
            : 0;
    int to = Math.min(from + PAGE, segment.size());
    ScanResponse.Builder page = ScanResponse.builder().items(segment.subList(from, to));
    return to < segment.size()
        ? page.lastEvaluatedKey(Map.of(PLACE, AttributeValue.fromN("" + to))).build()
        : page.build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
