package org.invoiceflow.local.faults;

import java.sql.SQLException;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.stores.LakeReader;
import org.invoiceflow.local.stores.LineCounts;
import org.invoiceflow.local.stores.WarehouseReader;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** How many lines the stores hold by now; cheap enough to be asked again and again. */
final class StoreProgress implements AutoCloseable {

  private final Endpoints stores;
  private final DynamoDbClient dynamoDb;
  private final S3Client s3;
  private final LakeReader lake;
  private final WarehouseReader warehouse;

  StoreProgress(Endpoints stores) {
    this.stores = stores;
    this.dynamoDb = stores.dynamoDb().client();
    this.s3 = stores.s3().client();
    this.lake = new LakeReader(s3, stores.s3().bucket(), "");
    this.warehouse = new WarehouseReader(stores.warehouse()::connect, WarehouseSchema.LINES);
  }

  /** Lines in {@code raw/}, each receipt counted. */
  long raw() {
    return lake.refresh().raw().lines();
  }

  /** Lines in the invoices view, as its summaries say. */
  long view() {
    return LineCounts.of(dynamoDb, stores.dynamoDb().invoicesTable());
  }

  /** Rows in the warehouse. */
  long warehouse() throws SQLException {
    return warehouse.rows();
  }

  @Override
  public void close() {
    dynamoDb.close();
    s3.close();
  }
}
