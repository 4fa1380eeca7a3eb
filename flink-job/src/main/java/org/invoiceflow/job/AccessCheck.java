package org.invoiceflow.job;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.config.ConfigException;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.config.JobConfig.Mode;
import org.invoiceflow.job.sources.InvoiceFiles;
import org.invoiceflow.job.views.ViewTables;
import org.invoiceflow.job.warehouse.WarehouseAccess;
import org.invoiceflow.job.warehouse.WarehouseSettings;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tries every store before the job starts. The service restarts a failing job without end, and the
 * DynamoDB sink retries missing rights for ever without a word, so both are found here, all at
 * once.
 */
final class AccessCheck {

  private final JobConfig config;
  private final List<String> errors = new ArrayList<>();

  private AccessCheck(JobConfig config) {
    this.config = config;
  }

  static AccessCheck of(JobConfig config) {
    return new AccessCheck(config);
  }

  /**
   * Leaves no trace behind.
   *
   * @throws ConfigException with one sentence for each store that cannot be used
   */
  void run() {
    checkTables(config.viewTables());
    if (config.mode() != Mode.REPLAY) {
      checkFolder(config.lakeRoot(), "the lake");
    }
    if (config.mode() == Mode.IMPORT) {
      check("The import", () -> InvoiceFiles.check(config.inputPath()));
    }
    config.warehouse().ifPresent(this::checkWarehouse);
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
  }

  /**
   * Deletes an absent key: needs the table, its key and the right to write, and changes nothing.
   */
  private void checkTables(ViewTables tables) {
    try (DynamoDbClient client =
        tables
            .access()
            .configure(DynamoDbClient.builder())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      checkTable(client, tables.invoices(), ViewSchema.INVOICE_NO, ViewSchema.PART);
      checkTable(client, tables.customers(), ViewSchema.CUSTOMER_ID, ViewSchema.INVOICE_NO);
    }
  }

  private void checkTable(
      DynamoDbClient client, String table, String partitionKey, String sortKey) {
    AttributeValue absent = AttributeValue.builder().s("access-check-" + UUID.randomUUID()).build();
    Map<String, AttributeValue> key = Map.of(partitionKey, absent, sortKey, absent);
    check(
        "DynamoDB table " + table,
        () -> {
          client.deleteItem(r -> r.tableName(table).key(key));
          client.getItem(r -> r.tableName(table).key(key).consistentRead(true));
        });
  }

  private void checkFolder(String folder, String what) {
    check(
        "Folder " + folder + " of " + what,
        () -> {
          Path probe = new Path(folder + "/_access_check/" + UUID.randomUUID());
          FileSystem files = probe.getFileSystem();
          try (FSDataOutputStream out = files.create(probe, FileSystem.WriteMode.NO_OVERWRITE)) {
            out.write(' ');
          }
          files.delete(probe.getParent(), true);
        });
  }

  private void checkWarehouse(WarehouseSettings warehouse) {
    checkFolder(warehouse.stagingPath(), "the warehouse's staged lines");
    WarehouseAccess.problem(warehouse).ifPresent(errors::add);
  }

  private interface Attempt {
    void run() throws IOException, SQLException;
  }

  private void check(String what, Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException | SQLException | RuntimeException e) {
      errors.add(what + " cannot be used: " + firstLine(e));
    }
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("")
        + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")");
  }
}
