package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.AwsKeys;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on services that the user named, which lack things or do not answer. */
class EndpointsITCase {

  @TempDir Path temp;

  private Path file;

  @BeforeEach
  void write_a_file() throws Exception {
    file =
        Files.writeString(
            temp.resolve("lines.csv"),
            """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            536365,85123A,HOLDER,6,2010-12-01 08:26,2.55,17850,United Kingdom
            """);
  }

  private static void assertFailed(DemoRun run, String... words) {
    assertThat(run.err()).contains(words).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void each_missing_store_is_named_and_not_created() throws Exception {
    Endpoints empty = SharedStandins.emptyStores();
    Endpoints absent = SharedStandins.absentStores();
    Endpoints onlyStream = Endpoints.of(empty.kinesis()).or(absent);

    DemoRun run = DemoRun.on(onlyStream, temp, file);
    DemoRun again = DemoRun.on(onlyStream, temp, file);

    assertFailed(
        run,
        "DynamoDB table " + absent.dynamoDb().invoicesTable(),
        "DynamoDB table " + absent.dynamoDb().customersTable(),
        "s3://" + absent.s3().bucket(),
        absent.warehouse().jdbcUrl());
    assertThat(again.err().lines()).hasSameSizeAs(run.err().lines().toList());
  }

  @Test
  void a_missing_bucket_for_the_file_is_named() throws Exception {
    Endpoints empty = SharedStandins.emptyStores();
    Endpoints absent = SharedStandins.absentStores();

    DemoRun run = DemoRun.on(Endpoints.of(absent.s3()).or(empty), temp, file, "--mode", "import");

    assertFailed(run, "s3://" + absent.s3().bucket() + "/import/lines.csv", "does not exist");
  }

  @Test
  void a_missing_stream_is_named() throws Exception {
    Endpoints empty = SharedStandins.emptyStores();
    Endpoints absent = SharedStandins.absentStores();
    DemoRun run = DemoRun.on(Endpoints.of(absent.kinesis()).or(empty), temp, file);

    assertFailed(run, absent.kinesis().stream());
  }

  @Test
  void a_service_that_does_not_answer_is_named() throws Exception {
    Endpoints empty = SharedStandins.emptyStores();
    AwsAccess nobody =
        new AwsAccess(
            Optional.of(URI.create("http://127.0.0.1:" + Ports.free())),
            "eu-west-1",
            Optional.of(new AwsKeys("id", "do-not-show-me")));
    DynamoDbEndpoint down = new DynamoDbEndpoint(nobody, "no-invoices", "no-customers");

    DemoRun run = DemoRun.on(Endpoints.of(down).or(empty), temp, file, "--mode", "import");

    assertFailed(run, "no-invoices", "no-customers");
    assertThat(run.err()).doesNotContain("do-not-show-me");
  }

  @Test
  void a_database_that_does_not_exist_is_named() throws Exception {
    Endpoints empty = SharedStandins.emptyStores();
    WarehouseEndpoint closed =
        new WarehouseEndpoint(
            empty.warehouse().jdbcUrl() + "-absent", "postgres", "do-not-show-me");

    DemoRun run = DemoRun.on(Endpoints.of(closed).or(empty), temp, file, "--mode", "import");

    assertFailed(run, closed.jdbcUrl());
    assertThat(run.err()).doesNotContain("do-not-show-me");
  }

  @Test
  void a_service_that_is_not_named_is_the_demos_own_stand_in() throws Exception {
    Properties named = SharedStandins.asFile(SharedStandins.emptyStores());
    named.stringPropertyNames().stream()
        .filter(key -> !key.startsWith("warehouse.") && !key.startsWith("s3."))
        .forEach(named::remove);

    DemoRun run =
        DemoRun.of(file, "--mode", "import", "--exit", "--endpoints", DemoRun.write(named, temp));

    assertThat(run.out()).contains("Every line is accounted for.");
    assertThat(run.status()).isEqualTo(ExitCode.BALANCED);
  }
}
