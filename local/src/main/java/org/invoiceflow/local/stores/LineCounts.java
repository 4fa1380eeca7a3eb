package org.invoiceflow.local.stores;

import static org.invoiceflow.model.ViewSchema.LINE_COUNT;

import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How many lines a view says that it holds, for waiting until everything has arrived: far less is
 * transferred than by reading the view, but on AWS it costs the same read units.
 */
public final class LineCounts {

  private LineCounts() {}

  /**
   * The sum of {@code line_count} over a view. Checks nothing.
   *
   * @param table the invoices view (all lines) or the customers view (lines of invoices that name a
   *     customer)
   */
  public static long of(DynamoDbClient client, String table) {
    LongAdder lines = new LongAdder();
    TableScan.of(
        client,
        table,
        TableScan.MANY_SEGMENTS,
        scan ->
            scan.projectionExpression(LINE_COUNT)
                .filterExpression("attribute_exists(" + LINE_COUNT + ")"),
        item -> {
          AttributeValue count = item.get(LINE_COUNT);
          if (count != null && count.n() != null) {
            lines.add(Long.parseLong(count.n()));
          }
        });
    return lines.sum();
  }
}
