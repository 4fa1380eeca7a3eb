package org.invoiceflow.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Both tables in memory, queried as DynamoDB does: in key order, by pages that end early, and with
 * a last key even if nothing follows it.
 */
final class FakeTables implements DynamoDbClient {

  static final String INVOICES = "invoices";
  static final String CUSTOMERS = "customers";

  final List<QueryRequest> queries = new ArrayList<>();

  private final List<Map<String, AttributeValue>> invoices = new ArrayList<>();
  private final List<Map<String, AttributeValue>> customers = new ArrayList<>();
  private int pageSize = Integer.MAX_VALUE;
  private RuntimeException down;

  /** Items in a page, which in DynamoDB ends at 1 MB. */
  FakeTables pageSize(int items) {
    pageSize = items;
    return this;
  }

  FakeTables down(RuntimeException failure) {
    down = failure;
    return this;
  }

  static DynamoDbException failure(int httpStatus, String code) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(httpStatus)
            .message(code)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  void putInvoicePart(Map<String, AttributeValue> item) {
    invoices.add(item);
  }

  void putCustomerRow(Map<String, AttributeValue> item) {
    customers.add(item);
  }

  void removeCustomerRow(String customerId, String invoiceNo) {
    customers.removeIf(
        row ->
            row.get(ViewSchema.CUSTOMER_ID).s().equals(customerId)
                && row.get(ViewSchema.INVOICE_NO).s().equals(invoiceNo));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    queries.add(request);
    if (down != null) {
      throw down;
    }
    List<String> sortKeys = sortKeysOf(request);
    String partitionKey = request.expressionAttributeNames().get("#key");
    String wanted = request.expressionAttributeValues().get(":key").s();
    Comparator<String> order =
        Boolean.FALSE.equals(request.scanIndexForward())
            ? Comparator.reverseOrder()
            : Comparator.naturalOrder();
    TreeMap<String, Map<String, AttributeValue>> found =
        (request.tableName().equals(INVOICES) ? invoices : customers)
            .stream()
                .filter(item -> item.get(partitionKey).s().equals(wanted))
                .collect(
                    Collectors.toMap(
                        item -> key(item, sortKeys),
                        i -> i,
                        (a, b) -> b,
                        () -> new TreeMap<>(order)));
    var rest =
        request.hasExclusiveStartKey()
            ? found.tailMap(key(request.exclusiveStartKey(), sortKeys), false)
            : found;
    int size = Math.min(pageSize, request.limit() == null ? Integer.MAX_VALUE : request.limit());
    List<Map<String, AttributeValue>> page = rest.values().stream().limit(size).toList();
    QueryResponse.Builder response = QueryResponse.builder().items(page);
    if (page.size() == size) {
      response.lastEvaluatedKey(keyAttributes(page.get(size - 1), partitionKey, sortKeys));
    }
    return response.build();
  }

  private static List<String> sortKeysOf(QueryRequest request) {
    if (request.tableName().equals(INVOICES)) {
      return List.of(ViewSchema.PART);
    }
    return ViewSchema.BY_DATE.equals(request.indexName())
        ? List.of(ViewSchema.DATE, ViewSchema.INVOICE_NO)
        : List.of(ViewSchema.INVOICE_NO);
  }

  private static String key(Map<String, AttributeValue> item, List<String> names) {
    return names.stream().map(name -> item.get(name).s()).collect(Collectors.joining("\0"));
  }

  private static Map<String, AttributeValue> keyAttributes(
      Map<String, AttributeValue> item, String partitionKey, List<String> sortKeys) {
    return item.entrySet().stream()
        .filter(entry -> entry.getKey().equals(partitionKey) || sortKeys.contains(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
