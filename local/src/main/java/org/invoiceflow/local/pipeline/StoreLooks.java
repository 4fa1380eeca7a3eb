package org.invoiceflow.local.pipeline;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.LakeReader;
import org.invoiceflow.local.stores.LineCounts;
import org.invoiceflow.local.stores.WarehouseReader;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What the stores hold, each looked at when somebody asks. Thread-safe. */
final class StoreLooks implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread looking = new Thread(work, "pipeline-looks");
            looking.setDaemon(true);
            return looking;
          });
  private final DynamoDbClient dynamoDb;
  private final S3Client s3;

  final Look<LakeCounts> lake;
  final Look<RejectedLake.Found> rejected;
  final Look<Long> invoices;
  final Look<Long> customers;
  final Look<Long> warehouse;

  StoreLooks(Endpoints endpoints) {
    this.dynamoDb = endpoints.dynamoDb().client();
    this.s3 = endpoints.s3().client();
    LakeReader lakeReader = new LakeReader(s3, endpoints.s3().bucket(), "");
    RejectedLake rejectedLake = new RejectedLake(s3, endpoints.s3().bucket());
    WarehouseReader rows =
        new WarehouseReader(endpoints.warehouse()::connect, WarehouseSchema.LINES);
    String invoicesTable = endpoints.dynamoDb().invoicesTable();
    String customersTable = endpoints.dynamoDb().customersTable();
    this.lake = look(LakeCounts.EMPTY, lakeReader::refresh);
    this.rejected = look(RejectedLake.Found.NOTHING, rejectedLake::refresh);
    this.invoices = look(0L, () -> LineCounts.of(dynamoDb, invoicesTable));
    this.customers = look(0L, () -> LineCounts.of(dynamoDb, customersTable));
    this.warehouse = look(0L, rows::rows);
  }

  private <T> Look<T> look(T before, java.util.concurrent.Callable<T> question) {
    return new Look<>(before, question, thread, System::nanoTime);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    dynamoDb.close();
    s3.close();
  }
}
