package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.loader.rejected.RejectedFiles;
import org.invoiceflow.loader.rejected.RejectedLines;
import org.invoiceflow.loader.rejected.StoredLines;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.SendListener;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.loader.send.SendResult;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.report.Accounting;
import org.invoiceflow.local.report.JobCounts;
import org.invoiceflow.local.report.Sent;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.stores.CustomersView;
import org.invoiceflow.local.stores.InvoicesView;
import org.invoiceflow.local.stores.LakeReader;
import org.invoiceflow.local.stores.WarehouseReader;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.local.testing.StoredData;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.query.QueryHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What was rejected comes back, is mended, is sent, and is stored under its own number. */
class RepairITCase {

  /** Of an export that is imported; its third row has two mistakes. */
  private static final String CSV =
      """
      InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
      830001,22633,FIRST,1,12/13/2010 8:26,1.85,17850,EIRE
      830001,22633,SECOND,1,12/13/2010 8:26,1.85,17850,EIRE
      830001,22633,THIRD \u00a3,one,12/13/2010 8:26,"1,85",17850,EIRE
      830001,22633,FOURTH,1,12/13/2010 8:26,1.85,17850,EIRE
      830001,22633,FIFTH,1,12/13/2010 8:26
      """;

  private static final String SOUND =
      "{\"InvoiceNo\":\"830002\",\"LineNo\":1,\"StockCode\":\"a\",\"Description\":\"d\","
          + "\"Quantity\":1,\"InvoiceDate\":\"2010-12-01T08:26\",\"UnitPrice\":1,\"Country\":\"x\"}";

  @TempDir Path temp;

  @Test
  void rejected_lines_are_fetched_mended_sent_and_stored() throws Exception {
    Endpoints stores = SharedStandins.emptyStores();
    importRows(stores);
    Path mend = temp.resolve("mend.jsonl");

    try (RunningStream stream =
            RunningStream.start(stores, Files.createDirectory(temp.resolve("stream")));
        KinesisClient kinesis = stores.kinesis().client();
        DynamoDbClient dynamoDb = stores.dynamoDb().client();
        Gateway gateway = gateway(stores, kinesis, dynamoDb)) {
      stream.put("830002", utf8(SOUND));
      stream.put(
          "830002", utf8(SOUND.replace("\"LineNo\":1", "\"LineNo\":2").replace("1,", "1.,")));
      stream.put("830002", utf8(SOUND.replace("\"LineNo\":1", "\"LineNo\":3,\"Colour\":\"red\"")));
      stream.put("830002", utf8(SOUND.replace("\"d\"", "\"conflict\"")));
      stream.awaitLines(5 + 4, 4);
      stream.awaitListed("rejected", 5);

      RejectedLines.Result fetched = fetch(stores, dynamoDb, mend);
      assertThat(fetched.toMend()).isEqualTo(5);
      assertThat(send(gateway.address(), mend).accepted())
          .as("only the line in conflict passes the API's rules unmended")
          .isEqualTo(1);
      stream.awaitLines(9 + 1, 4);
      mend(mend);
      SendResult sent = send(gateway.address(), mend);
      assertThat(sent.rejected()).isZero();
      stream.awaitLines(9 + 1 + 5, 4 + 4);

      Path left = temp.resolve("left.jsonl");
      RejectedLines.Result open = fetch(stores, dynamoDb, left);
      assertThat(open.stored()).isEqualTo(3);
      assertThat(open.repeated())
          .as("the conflict, sent again twice, is known as rejected and dropped")
          .isZero();
      assertThat(Files.readString(left))
          .contains("conflict", "Unreadable")
          .doesNotContain("Colour", "830001");
      stream.assertNeverFailed();
    }

    assertStored(stores);
    assertAccounted(stores);
  }

  private void importRows(Endpoints stores) throws Exception {
    try (S3Client s3 = stores.s3().client()) {
      s3.putObject(
          r -> r.bucket(stores.s3().bucket()).key("import/export.csv"),
          RequestBody.fromBytes(CSV.getBytes(StandardCharsets.ISO_8859_1)));
    }
    try (LocalFlink flink =
        LocalFlink.prepare(stores.s3(), Installation.find().flinkPlugins(), temp, Ports.free())) {
      flink
          .start(JobProperties.importing(stores, "import/", CsvOptions.detectAll()))
          .getJobExecutionResult()
          .get();
    }
  }

  private static Gateway gateway(Endpoints stores, KinesisClient kinesis, DynamoDbClient dynamoDb)
      throws IOException {
    return Gateway.start(
        0,
        new IngestHandler(kinesis, stores.kinesis().stream()),
        new QueryHandler(
            dynamoDb, stores.dynamoDb().invoicesTable(), stores.dynamoDb().customersTable()));
  }

  private static RejectedLines.Result fetch(Endpoints stores, DynamoDbClient dynamoDb, Path out)
      throws IOException {
    StoredLines view = new StoredLines(dynamoDb, stores.dynamoDb().invoicesTable());
    try (S3Client s3 = stores.s3().client()) {
      return new RejectedLines(Set.of(), Set.of(), Optional.of(view))
          .fetch(RejectedFiles.onS3(s3, "s3://" + stores.s3().bucket() + "/rejected/"), out);
    }
  }

  private static SendResult send(URI api, Path file) throws IOException, InterruptedException {
    return Loader.create().send(SendOptions.of(file, api), SendListener.NONE);
  }

  /** As a person would, in an editor; the line in conflict stays as it is. */
  private static void mend(Path file) throws IOException {
    String text = Files.readString(file);
    assertThat(text.lines()).hasSize(5);
    Files.writeString(
        file,
        text.replace("\"Quantity\":\"one\"", "\"Quantity\":1")
            .replace("\"1,85\"", "1.85")
            .replace(",\"Colour\":\"red\"", "")
            .replaceAll(
                "(\"SourceFile\":\"export.csv\"),\"Unreadable\":\"830001.*\"}",
                "\"UnitPrice\":2,\"Country\":\"EIRE\",$1}")
            .replaceAll("\\{\"Unreadable\":.*\\}", second()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String second() {
    return SOUND.replace("\"LineNo\":1", "\"LineNo\":2");
  }

  private static void assertStored(Endpoints stores) throws SQLException {
    List<String> rows = StoredData.read(stores).warehouse();
    assertThat(rows).hasSize(8);
    assertThat(rows.subList(0, 5).stream().map(RepairITCase::numberAndDescription).toList())
        .containsExactly("1 FIRST", "2 SECOND", "3 THIRD \u00a3", "4 FOURTH", "5 FIFTH");
    assertThat(rows.subList(0, 5)).allMatch(row -> row.contains("\"export.csv\""));
    assertThat(new TreeSet<>(rows.subList(5, 8).stream().map(RepairITCase::number).toList()))
        .containsExactly("1", "2", "3");
    assertThat(rows).noneMatch(row -> row.contains("conflict"));
  }

  private static String number(String row) {
    return row.replaceAll(".*\"line_no\": ([0-9]+).*", "$1");
  }

  private static String numberAndDescription(String row) {
    return number(row) + " " + row.replaceAll(".*\"description\": \"([^\"]*)\".*", "$1");
  }

  /** Lines received = stored + rejected + repeated; the line in conflict came again twice. */
  private static void assertAccounted(Endpoints stores) throws SQLException {
    try (DynamoDbClient dynamoDb = stores.dynamoDb().client();
        S3Client s3 = stores.s3().client()) {
      Accounting accounting =
          Accounting.of(
              "stream",
              Sent.imported(5 + 4 + 1 + 5),
              new LakeReader(s3, stores.s3().bucket(), "").refresh(),
              new JobCounts(OptionalLong.of(2), OptionalLong.empty(), 0),
              InvoicesView.read(dynamoDb, stores.dynamoDb().invoicesTable()),
              CustomersView.read(dynamoDb, stores.dynamoDb().customersTable()),
              new WarehouseReader(stores.warehouse()::connect, WarehouseSchema.LINES).totals(),
              List.of());
      assertThat(accounting.balance().differences()).isEmpty();
      assertThat(accounting.lake().rejected().lines()).isEqualTo(5);
    }
  }
}
