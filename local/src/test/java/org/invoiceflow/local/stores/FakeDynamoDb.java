package org.invoiceflow.local.stores;

import static org.invoiceflow.model.ViewSchema.INVOICE_NO;
import static org.invoiceflow.model.ViewSchema.LINES;
import static org.invoiceflow.model.ViewSchema.PART;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.query.Views;
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
    Views.invoiceParts(lines).forEach(item -> put(INVOICES, item));
    InvoiceSummary summary = InvoiceSummary.of(lines);
    if (summary.customerId().isPresent()) {
      put(CUSTOMERS, Views.attributes(summary));
    }
  }

  /** Of a part that is not the first. */
  static Map<String, AttributeValue> part(String invoiceNo, int part, List<InvoiceLine> lines) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(INVOICE_NO, AttributeValue.fromS(invoiceNo));
    item.put(PART, AttributeValue.fromS(InvoiceParts.key(part)));
    item.put(LINES, AttributeValue.fromS(LineJson.toJsonArray(lines)));
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
