package org.invoiceflow.query;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the items of one partition, page after page: DynamoDB ends a page at 1 MB. */
final class Pages {

  private Pages() {}

  /** A strongly consistent query for all items under the partition key. */
  static QueryRequest.Builder ofPartition(String table, String keyName, String key) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("#key = :key")
        .expressionAttributeNames(Map.of("#key", keyName))
        .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(key)))
        .consistentRead(true);
  }

  /**
   * Hands over page after page, in order, until there is none or the reader has enough.
   *
   * @param reader takes a page; false ends the reading
   */
  static void read(DynamoDbClient dynamoDb, QueryRequest first, Predicate<List<Item>> reader) {
    QueryRequest request = first;
    while (true) {
      QueryResponse page = dynamoDb.query(request);
      boolean more = reader.test(page.items().stream().map(Item::new).toList());
      Map<String, AttributeValue> last = page.lastEvaluatedKey();
      if (!more || last == null || last.isEmpty()) {
        return;
      }
      request = request.toBuilder().exclusiveStartKey(last).build();
    }
  }
}
