package org.invoiceflow.local.testing;

import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.KinesisEndpoint;
import org.invoiceflow.local.endpoints.Provisioning;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.endpoints.Service;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.local.standin.Standins;

/**
 * One set of stand-ins for all end-to-end tests of this JVM, which ends with it. Each test takes
 * names of its own within them, so no test sees what another has stored.
 */
public final class SharedStandins {

  /** Of each test's stream. */
  public static final int SHARDS = 4;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @SuppressWarnings("NonFinalStaticField") // Started by the first test that needs it.
  private static Standins running;

  private SharedStandins() {}

  private static synchronized Endpoints endpoints() throws Exception {
    if (running == null) {
      running =
          Standins.start(
              EnumSet.allOf(Service.class), Files.createTempDirectory("invoiceflow-test-"));
    }
    return running.endpoints();
  }

  /** Names that nobody has used: stream, tables and bucket do not exist, the warehouse is empty. */
  public static Endpoints absentStores() throws Exception {
    Endpoints all = endpoints();
    String name = "test-" + NUMBER.incrementAndGet();
    return new Endpoints(
        all.ifKinesis().map(k -> new KinesisEndpoint(k.access(), name)),
        all.ifDynamoDb()
            .map(d -> new DynamoDbEndpoint(d.access(), name + "-invoices", name + "-customers")),
        all.ifS3().map(s -> new S3Endpoint(s.access(), name)),
        all.ifWarehouse().map(w -> database(w, name)));
  }

  private static WarehouseEndpoint database(WarehouseEndpoint server, String name) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database \"" + name + "\"");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    String url = server.jdbcUrl();
    return new WarehouseEndpoint(
        url.substring(0, url.lastIndexOf('/') + 1) + name, server.user(), server.password());
  }

  /** Stores that are ready for use and empty. */
  public static Endpoints emptyStores() throws Exception {
    return emptyStores(SHARDS);
  }

  /** The same, with a stream of so many shards: the stand-in slows with the records of a shard. */
  public static Endpoints emptyStores(int shards) throws Exception {
    Endpoints stores = absentStores();
    Provisioning.createMissing(stores, stores.services(), shards);
    try (Connection connection = stores.warehouse().connect()) {
      WarehouseSchema.create(connection);
    }
    return stores;
  }

  /** The endpoints as the file of {@code --endpoints} names them. */
  public static Properties asFile(Endpoints endpoints) {
    Properties file = new Properties();
    access(file, "kinesis", endpoints.kinesis().access());
    file.setProperty("kinesis.stream", endpoints.kinesis().stream());
    access(file, "dynamodb", endpoints.dynamoDb().access());
    file.setProperty("dynamodb.invoices-table", endpoints.dynamoDb().invoicesTable());
    file.setProperty("dynamodb.customers-table", endpoints.dynamoDb().customersTable());
    access(file, "s3", endpoints.s3().access());
    file.setProperty("s3.bucket", endpoints.s3().bucket());
    file.setProperty("warehouse.jdbc-url", endpoints.warehouse().jdbcUrl());
    file.setProperty("warehouse.user", endpoints.warehouse().user());
    file.setProperty("warehouse.password", endpoints.warehouse().password());
    return file;
  }

  private static void access(Properties file, String service, AwsAccess access) {
    file.setProperty(service + ".endpoint", access.endpoint().map(URI::toString).orElseThrow());
    file.setProperty(service + ".region", access.region());
    file.setProperty(service + ".access-key-id", access.keys().orElseThrow().accessKeyId());
    file.setProperty(service + ".secret-access-key", access.keys().orElseThrow().secretAccessKey());
  }
}
