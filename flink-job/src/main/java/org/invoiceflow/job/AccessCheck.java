package org.invoiceflow.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.completion.CompletionRecord;
import org.invoiceflow.job.config.ConfigException;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.config.JobConfig.Mode;
import org.invoiceflow.job.lake.LakeSinks;
import org.invoiceflow.job.sources.InvoiceFiles;
import org.invoiceflow.job.sources.KinesisRecords;
import org.invoiceflow.job.sources.RawFiles;
import org.invoiceflow.job.views.ViewTables;
import org.invoiceflow.job.warehouse.WarehouseAccess;
import org.invoiceflow.job.warehouse.WarehouseSettings;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Tries every store before the job starts. The service restarts a failing job without end, and the
 * DynamoDB sink retries missing rights for ever without a word, so both are found here, all at
 * once.
 */
final class AccessCheck {

  /** A person waits for the answer. */
  private static final int MAX_ATTEMPTS = 3;

  /** Begins the names of files that are written to try a folder; readers pass over underscores. */
  static final String PROBE = "_access_check-";

  private final JobConfig config;
  private final List<String> errors = new ArrayList<>();

  private AccessCheck(JobConfig config) {
    this.config = config;
  }

  static AccessCheck of(JobConfig config) {
    return new AccessCheck(config);
  }

  /**
   * Leaves nothing behind but folders, where the file system has such.
   *
   * @throws ConfigException with one sentence for each store that cannot be used
   */
  void run() {
    config.stream()
        .ifPresent(s -> check("Kinesis stream " + s.stream(), () -> KinesisRecords.check(s)));
    checkTables(config.viewTables());
    if (config.mode() != Mode.REPLAY) {
      for (String folder : List.of(LakeSinks.RAW, LakeSinks.REJECTED, LakeSinks.DUPLICATES)) {
        checkFolder(config.lakeRoot() + "/" + folder, "the lake");
      }
    }
    if (config.runId().isPresent()) {
      checkFolder(config.lakeRoot() + "/" + CompletionRecord.FOLDER, "the runs' records");
    }
    if (config.mode() == Mode.IMPORT) {
      check("The import's path", () -> InvoiceFiles.check(config.inputPath()));
    }
    if (config.mode() == Mode.REPLAY) {
      check("The replay's path", () -> RawFiles.check(config.inputPath()));
    }
    config.warehouse().ifPresent(this::checkWarehouse);
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
  }

  /**
   * Makes the calls that the job makes, for an absent key: they need its rights, and change
   * nothing.
   */
  private void checkTables(ViewTables tables) {
    try (DynamoDbClient client =
        tables
            .access()
            .configure(DynamoDbClient.builder())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(MAX_ATTEMPTS)))
            .build()) {
      Map<String, AttributeValue> part = absent(ViewSchema.INVOICE_NO, ViewSchema.PART);
      check(
          "DynamoDB table " + tables.invoices(),
          () -> {
            deleteAbsent(client, tables.invoices(), part);
            KeysAndAttributes key = KeysAndAttributes.builder().keys(List.of(part)).build();
            client.batchGetItem(r -> r.requestItems(Map.of(tables.invoices(), key)));
          });
      Map<String, AttributeValue> row = absent(ViewSchema.CUSTOMER_ID, ViewSchema.INVOICE_NO);
      check(
          "DynamoDB table " + tables.customers(),
          () -> deleteAbsent(client, tables.customers(), row));
    }
  }

  private static Map<String, AttributeValue> absent(String partitionKey, String sortKey) {
    AttributeValue value = AttributeValue.builder().s("access-check-" + UUID.randomUUID()).build();
    return Map.of(partitionKey, value, sortKey, value);
  }

  private static void deleteAbsent(
      DynamoDbClient client, String table, Map<String, AttributeValue> key) {
    WriteRequest delete = WriteRequest.builder().deleteRequest(d -> d.key(key)).build();
    client.batchWriteItem(r -> r.requestItems(Map.of(table, List.of(delete))));
  }

  /** Writes what the run will write, a file in this folder: rights are given for each folder. */
  private void checkFolder(String folder, String what) {
    check(
        "Folder " + folder + " of " + what,
        () -> {
          Path probe = new Path(folder + "/" + PROBE + UUID.randomUUID());
          FileSystem files = probe.getFileSystem();
          try (FSDataOutputStream out = files.create(probe, FileSystem.WriteMode.NO_OVERWRITE)) {
            out.write(' ');
          }
          files.delete(probe, false);
        });
  }

  private void checkWarehouse(WarehouseSettings warehouse) {
    checkFolder(warehouse.stagingPath(), "the warehouse's staged lines");
    WarehouseAccess.problem(warehouse).ifPresent(errors::add);
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private void check(String what, Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException | RuntimeException e) {
      errors.add(what + " cannot be used: " + firstLine(e));
    }
  }

  /** The cause too, unless the message repeats it, as S3's does. */
  private static String firstLine(Exception e) {
    String message = messageOf(e);
    String cause = e.getCause() == null ? "" : messageOf(e.getCause());
    return message.contains(cause) ? message : message + " (" + cause + ")";
  }

  /** One line; file systems give a bare path. */
  private static String messageOf(Throwable e) {
    String kind = e.getClass().getSimpleName();
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse(kind);
    return message.contains(" ") ? message : kind + " " + message;
  }
}
