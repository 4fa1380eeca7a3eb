package org.invoiceflow.local.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.lake.LakeJson;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.Endpoints;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Everything that the two views and the warehouse hold, value by value, times of writing aside. Two
 * of them are equal if an ordinary client can see no difference.
 *
 * @param invoices items of the invoices view by key; each value as text with its type
 * @param customers items of the customers view by key
 * @param warehouse rows, sorted
 */
public record StoredData(
    Map<String, Map<String, String>> invoices,
    Map<String, Map<String, String>> customers,
    List<String> warehouse) {

  public static StoredData read(Endpoints stores) throws SQLException {
    try (DynamoDbClient client = stores.dynamoDb().client()) {
      return new StoredData(
          items(client, stores.dynamoDb().invoicesTable(), "invoice_no", "part"),
          items(client, stores.dynamoDb().customersTable(), "customer_id", "invoice_no"),
          rows(stores));
    }
  }

  private static Map<String, Map<String, String>> items(
      DynamoDbClient client, String table, String partitionKey, String sortKey) {
    Map<String, Map<String, String>> items = new TreeMap<>();
    client
        .scanPaginator(request -> request.tableName(table).consistentRead(true))
        .items()
        .forEach(
            item -> {
              Map<String, String> values = new TreeMap<>();
              item.forEach((name, value) -> values.put(name, text(value)));
              items.put(item.get(partitionKey).s() + " " + item.get(sortKey).s(), values);
            });
    return items;
  }

  private static String text(AttributeValue value) {
    // A set has no order.
    return value.hasSs() ? "SS " + value.ss().stream().sorted().toList() : value.toString();
  }

  private static List<String> rows(Endpoints stores) throws SQLException {
    try (Connection connection = stores.warehouse().connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select to_jsonb(line) - 'loaded_at' from "
                    + WarehouseSchema.LINES
                    + " line order by invoice_no collate \"C\", line_no")) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    }
  }

  /** The records in {@code rejected/} or {@code duplicates/}. */
  public static List<Rejection> listed(Endpoints stores, String folder) {
    List<Rejection> records = new ArrayList<>();
    try (S3Client client = stores.s3().client()) {
      String bucket = stores.s3().bucket();
      client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(folder + "/")).contents().stream()
          .map(S3Object::key)
          .filter(key -> key.endsWith(".gz") && !key.contains("/_"))
          .forEach(key -> records.addAll(read(client, bucket, key)));
    }
    return records;
  }

  private static List<Rejection> read(S3Client client, String bucket, String key) {
    List<Rejection> records = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(client.getObject(r -> r.bucket(bucket).key(key)))) {
      for (byte[] line : lines(in)) {
        records.add(LakeJson.readRejection(line));
      }
    } catch (NoSuchKeyException e) {
      // A writer has moved it between the list and the read: the next look finds it again.
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  private static List<byte[]> lines(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    return all.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
