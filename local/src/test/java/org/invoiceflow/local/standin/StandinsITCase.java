package org.invoiceflow.local.standin;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.Provisioning;
import org.invoiceflow.local.endpoints.Service;
import org.invoiceflow.local.testing.Limits;
import org.invoiceflow.model.ViewSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

class StandinsITCase {

  @TempDir static Path temp;

  private static Standins standins;
  private static Endpoints endpoints;

  @BeforeAll
  static void start() throws Exception {
    standins = Standins.start(EnumSet.allOf(Service.class), temp.resolve("run"));
    endpoints = standins.endpoints();
    Provisioning.createMissing(endpoints, endpoints.services(), 4);
  }

  @AfterAll
  static void stop() throws IOException {
    standins.close();
  }

  @Test
  void a_record_put_on_kinesis_is_read_back() {
    try (KinesisClient client = endpoints.kinesis().client()) {
      String stream = endpoints.kinesis().stream();
      String shardId =
          client
              .putRecord(
                  r ->
                      r.streamName(stream)
                          .partitionKey("536365")
                          .data(SdkBytes.fromUtf8String("line £")))
              .shardId();
      assertThat(client.listShards(r -> r.streamName(stream)).shards())
          .extracting(Shard::shardId)
          .hasSize(4)
          .contains(shardId);

      String iterator =
          client
              .getShardIterator(
                  r ->
                      r.streamName(stream)
                          .shardId(shardId)
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      assertThat(client.getRecords(r -> r.shardIterator(iterator)).records())
          .singleElement()
          .satisfies(record -> assertThat(record.data().asUtf8String()).isEqualTo("line £"));
    }
  }

  @Test
  void the_views_have_their_keys_and_the_customers_view_is_sorted_by_date() {
    try (DynamoDbClient client = endpoints.dynamoDb().client()) {
      String customers = endpoints.dynamoDb().customersTable();
      client.putItem(r -> r.tableName(customers).item(row("17850", "A", "2011-02-01T00:00:00")));
      client.putItem(r -> r.tableName(customers).item(row("17850", "B", "2010-12-01T08:26:00")));

      assertThat(
              client
                  .query(
                      r ->
                          r.tableName(customers)
                              .indexName(ViewSchema.BY_DATE)
                              .keyConditionExpression("customer_id = :c")
                              .expressionAttributeValues(
                                  Map.of(":c", AttributeValue.fromS("17850"))))
                  .items())
          .extracting(item -> item.get(ViewSchema.INVOICE_NO).s())
          .containsExactly("B", "A");
      assertThat(
              client
                  .describeTable(r -> r.tableName(endpoints.dynamoDb().invoicesTable()))
                  .table()
                  .keySchema())
          .extracting(key -> key.attributeName() + " " + key.keyTypeAsString())
          .containsExactly("invoice_no HASH", "part RANGE");
    }
  }

  private static Map<String, AttributeValue> row(String customer, String invoice, String date) {
    return Map.of(
        ViewSchema.CUSTOMER_ID, AttributeValue.fromS(customer),
        ViewSchema.INVOICE_NO, AttributeValue.fromS(invoice),
        ViewSchema.DATE, AttributeValue.fromS(date));
  }

  @Test
  void an_object_put_on_s3_is_read_back() {
    try (S3Client client = endpoints.s3().client()) {
      String bucket = endpoints.s3().bucket();
      client.putObject(
          r -> r.bucket(bucket).key("import/a file.csv"), RequestBody.fromString("InvoiceNo"));

      assertThat(
              client
                  .getObjectAsBytes(r -> r.bucket(bucket).key("import/a file.csv"))
                  .asUtf8String())
          .isEqualTo("InvoiceNo");
    }
  }

  @Test
  void the_warehouse_isolates_by_snapshot_as_redshift_does() throws Exception {
    try (Connection connection = endpoints.warehouse().connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet answer = statement.executeQuery("show transaction_isolation")) {
        answer.next();
        assertThat(answer.getString(1)).isEqualTo("repeatable read");
      }
      statement.execute("create table t (description varchar(10))");
      assertThat(statement.executeUpdate("insert into t values ('£')")).isEqualTo(1);
      try (ResultSet answer = statement.executeQuery("select description from t")) {
        answer.next();
        assertThat(answer.getString(1)).isEqualTo("£");
      }
    }
  }

  @Test
  void creating_what_exists_changes_nothing() {
    Provisioning.createMissing(endpoints, endpoints.services(), 8);

    try (KinesisClient client = endpoints.kinesis().client()) {
      assertThat(client.listShards(r -> r.streamName(endpoints.kinesis().stream())).shards())
          .hasSize(4);
    }
  }

  @Test
  void all_but_dynamodb_local_listen_on_the_loopback_only() throws Exception {
    Optional<InetAddress> other =
        Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
            .findFirst();
    assumeTrue(other.isPresent(), "this machine has no address but the loopback");
    int warehouse = URI.create(endpoints.warehouse().jdbcUrl().substring(5)).getPort();

    for (int port :
        List.of(
            endpoints.kinesis().access().endpoint().orElseThrow().getPort(),
            endpoints.s3().access().endpoint().orElseThrow().getPort(),
            warehouse)) {
      assertThatThrownBy(() -> new Socket(other.get(), port).close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_second_run_collides_with_nothing_and_leaves_neither_process_nor_file() throws Exception {
    Path folder = temp.resolve("second");
    Set<ProcessHandle> before = ProcessHandle.current().descendants().collect(toSet());
    Set<ProcessHandle> started;

    try (Standins second = Standins.start(EnumSet.allOf(Service.class), folder)) {
      started = RunningRun.processes(ProcessHandle.current(), before, folder);
      assertThat(started).allMatch(ProcessHandle::isAlive);
      assertThat(second.endpoints().kinesis()).isNotEqualTo(endpoints.kinesis());
    }

    assertThat(folder).doesNotExist();
    await()
        .atMost(Limits.PATIENCE)
        .untilAsserted(() -> assertThat(started).noneMatch(ProcessHandle::isAlive));
  }

  /** TERM and not INT, to which a JVM below a background job of a shell is deaf. */
  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void a_program_that_is_killed_leaves_neither_process_nor_file(String signal) throws Exception {
    Path folder = temp.resolve("killed-by-" + signal);
    Process program = RunningRun.start(folder);
    Set<ProcessHandle> started = RunningRun.processes(program.toHandle(), Set.of(), folder);
    assertThat(started).allMatch(ProcessHandle::isAlive);

    new ProcessBuilder("kill", "-" + signal, Long.toString(program.pid())).start().waitFor();

    await()
        .atMost(Limits.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(started).noneMatch(ProcessHandle::isAlive);
              assertThat(folder).doesNotExist();
            });
  }

  @Test
  void a_stand_in_that_cannot_start_is_named_and_leaves_nothing() throws Exception {
    Path module = Files.createDirectories(temp.resolve("module"));
    Path libraries = Files.createDirectories(module.resolve("standins/dynamodb/target/lib"));
    Path folder = temp.resolve("broken");

    assertThatThrownBy(
            () -> Standins.start(new Installation(module), EnumSet.of(Service.DYNAMODB), folder))
        .isInstanceOf(StandinException.class)
        .hasMessageContaining("dynamodb ended with status 1")
        .hasMessageContaining("ServerRunner");
    assertThat(folder).doesNotExist();
    assertThat(libraries).exists();
  }
}
