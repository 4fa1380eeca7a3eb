package org.invoiceflow.job.views;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.dynamodb.sink.DynamoDbSink;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequest;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequestType;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The sinks of the two views. At-least-once puts of items that are pure functions of an invoice's
 * lines, so that putting one twice changes nothing. They are unconditional: the last one to land
 * stays, so their order matters, and it is kept by everything from the assembly on.
 */
public final class ViewSinks {

  /** DynamoDB's own limit of a BatchWriteItem. */
  private static final int ITEMS_PER_REQUEST = 25;

  /**
   * With more than one, an older item can land after a newer one (measured: up to 10 of 40 keys
   * stayed old).
   */
  private static final int REQUESTS_IN_FLIGHT = 1;

  /** All of them are written before a checkpoint: 40 requests. */
  private static final int MAX_BUFFERED = 1_000;

  /**
   * Bounds the gap between the read of the stored parts and the write; see {@link MergeWithStored}.
   */
  private static final long MAX_BUFFER_MILLIS = 200;

  /**
   * With true, the first request that is still throttled or answered with 500 after the client's
   * own retries fails the job, and each restart reads and writes again what the throttled table has
   * had since the last checkpoint. With false the sink goes on with smaller batches. What never
   * ends, such as a right that is taken away, does not hang in silence for all that: {@link
   * FlushedSink} lets the checkpoints fail.
   */
  private static final boolean FAIL_ON_ERROR = false;

  private ViewSinks() {}

  public static Sink<InvoicePart> invoices(ViewTables tables) {
    return sink(
        tables,
        tables.invoices(),
        List.of(ViewSchema.INVOICE_NO, ViewSchema.PART),
        ViewItems::ofPart);
  }

  public static Sink<InvoiceSummary> customers(ViewTables tables) {
    return sink(
        tables,
        tables.customers(),
        List.of(ViewSchema.CUSTOMER_ID, ViewSchema.INVOICE_NO),
        ViewItems::ofCustomerRow);
  }

  private static <T> Sink<T> sink(
      ViewTables tables, String table, List<String> key, ToItem<T> toItem) {
    DynamoDbSink<T> puts =
        DynamoDbSink.<T>builder()
            .setTableName(table)
            .setDynamoDbProperties(tables.access().connectorProperties())
            .setElementConverter(new Put<>(toItem))
            .setOverwriteByPartitionKeys(key)
            .setMaxBatchSize(ITEMS_PER_REQUEST)
            .setMaxInFlightRequests(REQUESTS_IN_FLIGHT)
            .setMaxBufferedRequests(MAX_BUFFERED)
            .setMaxTimeInBufferMS(MAX_BUFFER_MILLIS)
            .setFailOnError(FAIL_ON_ERROR)
            .build();
    return new FlushedSink<>(puts);
  }

  private interface ToItem<T>
      extends Function<T, Map<String, AttributeValue>>, java.io.Serializable {}

  private static final class Put<T> implements ElementConverter<T, DynamoDbWriteRequest> {
    private static final long serialVersionUID = 1L;

    private final ToItem<T> toItem;

    Put(ToItem<T> toItem) {
      this.toItem = toItem;
    }

    @Override
    public DynamoDbWriteRequest apply(T element, SinkWriter.Context context) {
      return DynamoDbWriteRequest.builder()
          .setType(DynamoDbWriteRequestType.PUT)
          .setItem(toItem.apply(element))
          .build();
    }
  }
}
