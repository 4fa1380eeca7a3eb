package org.invoiceflow.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.demo.BrokenLines;
import org.invoiceflow.local.demo.RunningStream;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.faults.proxy.RefusingViews;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.local.testing.StoredData;
import org.invoiceflow.model.CsvOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Whatever happens to the stores, raw/ gives back what they held. */
class ReplayITCase {

  /** Which of two contenders is stored may depend on arrival. */
  private static final Pattern CONTESTED = Pattern.compile("82000[34]");

  private static final String OTHER_HOUR = "raw/ingest_date=2020-02-29/ingest_hour=05/";

  @TempDir static Path temp;

  private static Endpoints stores;
  private static StoredData stored;
  private static int lines;
  private static int rejected;

  /**
   * By stream: rejections, duplicates, conflicts and bytes that are no UTF-8. By import: rows of a
   * CSV file in another charset, interrupted, with a line for every rule that a row can break.
   */
  @BeforeAll
  static void fill_the_stores() throws Exception {
    stores = SharedStandins.emptyStores();
    byte[] latin1 = "{\"Description\":\"\u00a3\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] csv =
        (BrokenLines.csv() + "800002,22633,\u00a3 \"\"20\"\",1,12/13/2010 8:26,0.001,,EIRE\n")
            .replace("\u00a3 \"\"20\"\"", "\"\u00a3 \"\"20\"\"\"")
            .getBytes(StandardCharsets.ISO_8859_1);
    try (S3Client s3 = stores.s3().client()) {
      s3.putObject(
          r -> r.bucket(stores.s3().bucket()).key("import/rows.csv"), RequestBody.fromBytes(csv));
    }
    try (RunningStream stream =
        RunningStream.start(stores, Files.createDirectory(temp.resolve("stream")))) {
      stream.put("x", latin1);
      for (String line : BrokenLines.linesOfJson()) {
        if (!line.isEmpty()) {
          stream.put("same key", line.getBytes(StandardCharsets.UTF_8));
        }
      }
      stream.awaitLines(BrokenLines.LINES_OF_JSON + 1, BrokenLines.GOOD_LINES_OF_JSON);
    }
    try (LocalFlink flink =
        LocalFlink.prepare(stores.s3(), Installation.find().flinkPlugins(), temp, Ports.free())) {
      flink
          .start(JobProperties.importing(stores, "import/", CsvOptions.detectAll()))
          .getJobExecutionResult()
          .get();
    }
    stored = StoredData.read(stores);
    rejected = BrokenLines.ofJson().size() + 1 + BrokenLines.ofCsv().size();
    lines = BrokenLines.LINES_OF_JSON + 1 + 2 * BrokenLines.goodLinesOfCsv() + 1;
    assertThat(stored.warehouse())
        .hasSize(BrokenLines.GOOD_LINES_OF_JSON + BrokenLines.goodLinesOfCsv() + 1)
        .anyMatch(row -> row.contains("\u00a3 \\\"20\\\"") && row.contains("rows.csv"));
  }

  @Test
  void a_replay_whose_job_was_restarted_accounts_by_the_stores() throws Exception {
    Endpoints empty = Endpoints.of(stores.s3()).or(SharedStandins.emptyStores());
    try (RefusingViews views = new RefusingViews(empty.dynamoDb())) {
      ReplayRun run = ReplayRun.on(Endpoints.of(views.endpoint()).or(empty), temp, "raw/");

      assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.BALANCED);
      assertThat(run.out()).contains("Note: The job was restarted", "Every line is accounted for.");
      assertThat(views.hasStruck()).isTrue();
    }
    assertHoldsTheSame(empty);
  }

  @Test
  void empty_stores_get_the_same_items_and_rows_and_every_line_is_accounted_for() throws Exception {
    Endpoints empty = Endpoints.of(stores.s3()).or(SharedStandins.emptyStores());
    int lakeFiles = keys("").size();

    ReplayRun run = ReplayRun.on(empty, temp, "raw/");

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.BALANCED);
    assertThat(run.out()).contains("Every line is accounted for.");
    assertThat(run.figures())
        .containsEntry("raw", (long) lines)
        .containsEntry("rejected again", (long) rejected)
        .containsEntry("UNREADABLE", 5L)
        .containsEntry("in conflict with a stored line", 2L)
        .containsEntry("duplicates", 3L)
        .containsEntry("newly stored", (long) stored.warehouse().size())
        .containsEntry("invoices view before", 0L)
        .containsEntry("warehouse now", (long) stored.warehouse().size());
    assertHoldsTheSame(empty);
    assertThat(keys("")).as("the lake is only read").hasSize(lakeFiles);
  }

  @Test
  void stores_that_hold_all_of_it_stay_as_they_are() throws Exception {
    ReplayRun run = ReplayRun.on(stores, temp, "raw/");

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.BALANCED);
    assertThat(run.figures()).containsEntry("newly stored", 0L);
    StoredData now = StoredData.read(stores);
    assertThat(now.invoices()).isEqualTo(stored.invoices());
    assertThat(now.customers()).isEqualTo(stored.customers());
    assertThat(now.warehouse()).isEqualTo(stored.warehouse());
  }

  @Test
  void stores_that_were_deleted_come_back() throws Exception {
    Endpoints lost = Endpoints.of(stores.s3()).or(SharedStandins.emptyStores());
    assertThat(ReplayRun.on(lost, temp, "raw/ingest_date=*/**").status()).isZero();
    deleteEverything(lost);

    ReplayRun without = ReplayRun.on(lost, temp, "raw/");
    ReplayRun run = ReplayRun.on(lost, temp, "raw/", "--create-missing");

    assertThat(without.status()).isEqualTo(ExitCode.FAILED);
    assertThat(without.err())
        .contains(
            lost.dynamoDb().invoicesTable(), lost.dynamoDb().customersTable(), "--create-missing")
        .doesNotContain("\tat ");
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.BALANCED);
    assertHoldsTheSame(lost);
  }

  @Test
  void one_hour_can_be_replayed_into_other_tables_without_a_warehouse() throws Exception {
    Endpoints empty = SharedStandins.emptyStores();
    Endpoints target = Endpoints.of(empty.dynamoDb()).or(stores);
    String one =
        "{\"source\":\"s3://b/import/rows.csv\",\"position\":\"line 7\",\"received_at\":"
            + "\"2020-02-29T05:59:59Z\",\"format\":\"csv;charset=windows-1252;separator=semicolon;"
            + "date=day-first;customer=point-zero;columns=InvoiceNo,StockCode,Description,"
            + "Quantity,InvoiceDate,UnitPrice,CustomerID,Country\",\"line_no\":4711,"
            + "\"payload\":\"900001;22633;WARMER;1;31/12/2010 8:26;1.85;13085.0;EIRE\"}\n";
    try (S3Client s3 = empty.s3().client()) {
      put(s3, empty, OTHER_HOUR + "one.jsonl", one);
      put(s3, empty, OTHER_HOUR.replace("05", "06") + "two.jsonl", one.replace("4711", "4712"));
      put(s3, empty, OTHER_HOUR + "_unfinished.jsonl", one.replace("4711", "4713"));
    }

    ReplayRun run =
        ReplayRun.on(Endpoints.of(empty.s3()).or(target), temp, OTHER_HOUR, "--no-warehouse");

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.BALANCED);
    assertThat(run.figures()).containsEntry("newly stored", 1L).doesNotContainKey("warehouse now");
    assertThat(StoredData.read(empty).warehouse()).isEmpty();
    assertThat(StoredData.read(empty).invoices())
        .containsOnlyKeys("900001 0001", "900001 0048")
        .extractingByKey("900001 0048")
        .asString()
        .contains("\"LineNo\":4711", "2010-12-31T08:26", "\"13085\"", "rows.csv");
  }

  @Test
  void what_cannot_be_replayed_is_refused_with_a_sentence() throws Exception {
    Endpoints empty = SharedStandins.emptyStores();
    try (S3Client s3 = empty.s3().client()) {
      put(s3, empty, "empty/raw/ingest_date=2020-02-29/ingest_hour=05/none.jsonl", "");
    }

    assertRefused(ReplayRun.on(empty, temp, "raw/"), "No file matches");
    assertRefused(ReplayRun.on(empty, temp, "empty/raw/"), "There is no record in the 1 file");
    assertRefused(ReplayRun.of("--from", "raw/", "--region", "eu-west-1"), "s3://BUCKET/raw/");
    assertRefused(
        ReplayRun.of("--from", "s3://b/raw/", "--region", "eu-west-1"),
        "--invoices-table",
        "--customers-table",
        "--no-warehouse");
    assertRefused(ReplayRun.of("--from", "s3://b/raw/", "--endpoints", temp.resolve("no")), "no");
    assertRefused(ReplayRun.of(), "--from");
  }

  private static void assertRefused(ReplayRun run, String... words) {
    assertThat(run.err()).contains(words).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitCode.USAGE);
  }

  private static void assertHoldsTheSame(Endpoints target) throws SQLException {
    StoredData now = StoredData.read(target);
    assertThat(uncontested(now.invoices())).isEqualTo(uncontested(stored.invoices()));
    assertThat(uncontested(now.customers())).isEqualTo(uncontested(stored.customers()));
    assertThat(uncontested(now.warehouse())).isEqualTo(uncontested(stored.warehouse()));
    assertThat(now.warehouse()).hasSameSizeAs(stored.warehouse());
  }

  private static Map<String, Map<String, String>> uncontested(
      Map<String, Map<String, String>> items) {
    Map<String, Map<String, String>> left = new TreeMap<>(items);
    left.keySet().removeIf(key -> CONTESTED.matcher(key).find());
    return left;
  }

  private static List<String> uncontested(List<String> rows) {
    return rows.stream().filter(row -> !CONTESTED.matcher(row).find()).toList();
  }

  private static void deleteEverything(Endpoints lost) throws SQLException {
    try (DynamoDbClient client = lost.dynamoDb().client()) {
      client.deleteTable(r -> r.tableName(lost.dynamoDb().invoicesTable()));
      client.deleteTable(r -> r.tableName(lost.dynamoDb().customersTable()));
    }
    try (Connection connection = lost.warehouse().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema public cascade");
      statement.execute("create schema public");
    }
  }

  private static void put(S3Client s3, Endpoints endpoints, String key, String text) {
    s3.putObject(
        r -> r.bucket(endpoints.s3().bucket()).key(key),
        RequestBody.fromString(text, StandardCharsets.UTF_8));
  }

  private static List<String> keys(String prefix) {
    try (S3Client s3 = stores.s3().client()) {
      return s3
          .listObjectsV2Paginator(r -> r.bucket(stores.s3().bucket()).prefix(prefix))
          .contents()
          .stream()
          .map(S3Object::key)
          .filter(key -> !key.contains("staging/"))
          .toList();
    }
  }
}
