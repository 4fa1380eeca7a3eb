package org.invoiceflow.local.stores;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads a whole table, strongly consistent, in parallel segments. */
final class TableScan {

  private TableScan() {}

  /**
   * Gives every item once; calls the consumer from several threads.
   *
   * @param refinement what to add to each request, for example a projection
   */
  static void of(
      DynamoDbClient client,
      String table,
      UnaryOperator<ScanRequest.Builder> refinement,
      Consumer<Map<String, AttributeValue>> consumer) {
    int segments = InParallel.THREADS;
    List<Runnable> tasks =
        IntStream.range(0, segments)
            .<Runnable>mapToObj(
                segment ->
                    () -> {
                      ScanRequest request =
                          refinement
                              .apply(ScanRequest.builder())
                              .tableName(table)
                              .consistentRead(true)
                              .segment(segment)
                              .totalSegments(segments)
                              .build();
                      scanSegment(client, request, consumer);
                    })
            .toList();
    InParallel.run(tasks);
  }

  private static void scanSegment(
      DynamoDbClient client, ScanRequest first, Consumer<Map<String, AttributeValue>> consumer) {
    ScanRequest request = first;
    while (!Thread.currentThread().isInterrupted()) {
      ScanResponse page = client.scan(request);
      page.items().forEach(consumer);
      if (!page.hasLastEvaluatedKey() || page.lastEvaluatedKey().isEmpty()) {
        return;
      }
      request = first.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build();
    }
  }
}
