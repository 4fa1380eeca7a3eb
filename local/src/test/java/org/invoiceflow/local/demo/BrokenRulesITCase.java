package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.SendListener;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.loader.send.SendResult;
import org.invoiceflow.local.demo.BrokenLines.Broken;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.local.testing.StoredData;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Every rule broken once, on every way in: nothing is lost, nothing stops, everything is named. */
class BrokenRulesITCase {

  private static final String FIRST_FILE =
      """
      InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
      810001,71053,SAME,6,2010-12-01 08:28,3.39,17850,France
      810002,71053,OTHER CUSTOMER,6,2010-12-01 08:28,3.39,17850,France
      810003,71053,OTHER CONTENT,6,2010-12-01 08:28,3.39,17850,France
      """;

  /** A second export that overlaps the first one. */
  private static final String SECOND_FILE =
      FIRST_FILE
          .replace(
              "OTHER CUSTOMER,6,2010-12-01 08:28,3.39,17850",
              "OTHER CUSTOMER,6,2010-12-01 08:28,3.39,12583")
          .replace("OTHER CONTENT,6", "OTHER CONTENT,7");

  @TempDir Path temp;

  @Test
  void an_import_lists_each_bad_line_of_every_file_and_stores_all_others() throws Exception {
    Endpoints stores = SharedStandins.emptyStores();
    try (S3Client s3 = stores.s3().client()) {
      put(s3, stores, "broken.csv", BrokenLines.csv().getBytes(StandardCharsets.UTF_8));
      put(s3, stores, "lines.jsonl", BrokenLines.json());
      put(s3, stores, "first.csv", FIRST_FILE.getBytes(StandardCharsets.UTF_8));
      put(s3, stores, "second.csv", SECOND_FILE.getBytes(StandardCharsets.UTF_8));
    }
    int good = BrokenLines.goodLinesOfCsv() + BrokenLines.GOOD_LINES_OF_JSON + 3;
    int bad = BrokenLines.ofCsv().size() + BrokenLines.ofJson().size();
    int readable =
        BrokenLines.goodLinesOfCsv() + BrokenLines.LINES_OF_JSON - BrokenLines.ofJson().size() + 6;
    Instant before = Instant.now();

    try (LocalFlink flink =
        LocalFlink.prepare(stores.s3(), Installation.find().flinkPlugins(), temp, Ports.free())) {
      flink
          .start(JobProperties.importing(stores, "import/", CsvOptions.detectAll()))
          .getJobExecutionResult()
          .get();

      // A restart would have read lines again.
      assertThat(flink.counters().sum(JobMetrics.LINES_READ)).isEqualTo(readable);
      assertThat(flink.counters().sum(JobMetrics.LINES_REJECTED)).isEqualTo(bad);
      assertThat(flink.counters().sum(JobMetrics.LINES_DUPLICATE)).isEqualTo(3 + 1);
    }

    try (StoreReader reader = new StoreReader(stores)) {
      assertThat(reader.viewLines()).isEqualTo(good);
      assertThat(reader.warehouseRows()).isEqualTo(good);
      assertThat(reader.rawLines()).isEqualTo(readable + bad);
    }
    List<Rejection> rejections = StoredData.listed(stores, "rejected");
    String folder = "s3://" + stores.s3().bucket() + "/import/";
    assertNamed(
        rejections, BrokenLines.ofCsv(), broken -> folder + "broken.csv line " + broken.fileLine());
    assertNamed(
        rejections,
        BrokenLines.ofJson(),
        broken -> folder + "lines.jsonl line " + broken.fileLine());
    assertThat(rejections).hasSize(bad + 2 + 2);
    assertThat(rejections)
        .allSatisfy(
            rejection ->
                assertThat(Instant.ofEpochMilli(rejection.record().origin().receivedAtMillis()))
                    .isBetween(before.minusSeconds(1), Instant.now()));
    assertConflicts(
        rejections,
        Map.of(
            "820003", Set.of("CONFLICTING_CONTENT "),
            "820004", Set.of("CONFLICTING_CUSTOMER CustomerID"),
            "810002", Set.of("CONFLICTING_CONTENT ", "CONFLICTING_CUSTOMER CustomerID"),
            "810003", Set.of("CONFLICTING_CONTENT ")));
    assertThat(StoredData.listed(stores, "duplicates"))
        .singleElement()
        .satisfies(
            repeated -> {
              assertThat(text(repeated)).isEqualTo(FIRST_FILE.lines().toList().get(1));
              assertThat(reasons(repeated)).containsExactly("REPEATED_FROM_OTHER_FILE SourceFile");
              assertThat(repeated.record().origin().toString())
                  .matches(Pattern.quote(folder) + "(first|second).csv line 2");
            });
  }

  private static void put(S3Client s3, Endpoints stores, String name, byte[] content) {
    s3.putObject(
        r -> r.bucket(stores.s3().bucket()).key("import/" + name), RequestBody.fromBytes(content));
  }

  @Test
  void a_stream_lists_each_bad_record_and_goes_on() throws Exception {
    Endpoints stores = SharedStandins.emptyStores();
    List<byte[]> unreadable =
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1},
            new byte[] {0x1f, (byte) 0x8b, 8, 0},
            "not JSON".getBytes(StandardCharsets.UTF_8),
            "{\"Description\":\"\u00a3\"}".getBytes(StandardCharsets.ISO_8859_1),
            "[".repeat(5_000).getBytes(StandardCharsets.UTF_8),
            "\"".repeat(900_000).getBytes(StandardCharsets.UTF_8),
            " ".getBytes(StandardCharsets.UTF_8));
    Map<String, byte[]> unreadableByPosition = new HashMap<>();
    Map<String, String> positions = new LinkedHashMap<>();
    int lines = BrokenLines.LINES_OF_JSON + unreadable.size();
    int bad = BrokenLines.ofJson().size() + unreadable.size();

    try (RunningStream stream = RunningStream.start(stores, temp)) {
      for (byte[] record : unreadable) {
        unreadableByPosition.put(stream.put("x", record), record);
      }
      for (String line : BrokenLines.linesOfJson()) {
        if (!line.isEmpty()) {
          // An invoice's lines share a key, and so their order.
          positions.put(
              line,
              stream.put(
                  line.length() > 24 ? line.substring(0, 24) : line,
                  line.getBytes(StandardCharsets.UTF_8)));
        }
      }
      stream.awaitLines(lines, BrokenLines.GOOD_LINES_OF_JSON);
      stream.awaitListed("rejected", bad + 2);

      assertThat(stream.linesRead()).isEqualTo(lines - bad);
      stream.assertNeverFailed();
    }

    List<Rejection> rejections = StoredData.listed(stores, "rejected");
    String source = "kinesis:" + stores.kinesis().stream() + " ";
    List<String> jsonLines = BrokenLines.linesOfJson();
    assertNamed(
        rejections,
        BrokenLines.ofJson(),
        broken -> source + positions.get(jsonLines.get(broken.fileLine() - 1)));
    unreadableByPosition.forEach(
        (position, bytes) ->
            assertThat(rejections)
                .filteredOn(rejection -> rejection.record().origin().position().equals(position))
                .singleElement()
                .satisfies(
                    rejection -> {
                      assertThat(rejection.record().payload()).isEqualTo(bytes);
                      assertThat(reasons(rejection)).containsExactly("UNREADABLE ");
                    }));
    assertConflicts(
        rejections,
        Map.of(
            "820003", Set.of("CONFLICTING_CONTENT "),
            "820004", Set.of("CONFLICTING_CUSTOMER CustomerID")));
    assertThat(StoredData.listed(stores, "duplicates")).isEmpty();
  }

  private interface Place {
    String of(Broken broken);
  }

  private static void assertNamed(List<Rejection> rejections, List<Broken> expected, Place place) {
    for (Broken broken : expected) {
      assertThat(rejections)
          .filteredOn(rejection -> rejection.record().origin().toString().equals(place.of(broken)))
          .as("%s: %s", place.of(broken), broken)
          .singleElement()
          .satisfies(
              rejection -> {
                assertThat(rejection.record().payload()).isEqualTo(broken.bytes());
                assertThat(reasons(rejection)).isEqualTo(broken.reasons());
              });
    }
  }

  /** One contender of each conflict is listed; which one may depend on arrival. */
  private static void assertConflicts(
      List<Rejection> rejections, Map<String, Set<String>> expected) {
    Map<String, Set<String>> found =
        rejections.stream()
            .filter(
                rejection ->
                    rejection.violations().stream()
                        .anyMatch(
                            v ->
                                v.rule() == Rule.CONFLICTING_CONTENT
                                    || v.rule() == Rule.CONFLICTING_CUSTOMER))
            .collect(
                Collectors.toMap(
                    rejection -> text(rejection).replaceFirst("^\\D*(\\d{6}).*", "$1"),
                    BrokenRulesITCase::reasons));
    assertThat(found).isEqualTo(expected);
  }

  private static String text(Rejection rejection) {
    return new String(rejection.record().payload(), StandardCharsets.UTF_8);
  }

  private static Set<String> reasons(Rejection rejection) {
    return rejection.violations().stream()
        .map(violation -> violation.rule() + " " + violation.field())
        .collect(Collectors.toSet());
  }

  @Test
  void the_loader_names_each_bad_line_to_the_sender() throws Exception {
    Path csv = Files.writeString(temp.resolve("broken.csv"), BrokenLines.csv());
    Path json = Files.write(temp.resolve("lines.jsonl"), BrokenLines.json());
    Endpoints stores = SharedStandins.emptyStores();
    try (KinesisClient kinesis = stores.kinesis().client();
        Gateway gateway = gateway(stores, kinesis)) {
      SendResult ofCsv = send(csv, gateway);
      SendResult ofJson = send(json, gateway);

      assertThat(ofCsv.accepted()).isEqualTo(BrokenLines.goodLinesOfCsv());
      assertThat(ofCsv.rejected()).isEqualTo(BrokenLines.ofCsv().size());
      assertThat(rejects(ofCsv)).containsExactlyInAnyOrderElementsOf(BrokenLines.ofCsv());
      assertThat(ofJson.linesRead()).isEqualTo(BrokenLines.LINES_OF_JSON);
      assertThat(ofJson.rejected()).isEqualTo(BrokenLines.ofJson().size());
      assertThat(rejects(ofJson)).containsExactlyInAnyOrderElementsOf(BrokenLines.ofJson());
    }
  }

  private static Gateway gateway(Endpoints stores, KinesisClient kinesis) throws IOException {
    IngestHandler ingest = new IngestHandler(kinesis, stores.kinesis().stream());
    return Gateway.start(0, ingest, ingest);
  }

  private static SendResult send(Path file, Gateway gateway) throws Exception {
    return Loader.create().send(SendOptions.of(file, gateway.address()), SendListener.NONE);
  }

  /** The rejects file has a row for each reason. */
  private static List<Broken> rejects(SendResult result) throws IOException {
    Map<Integer, Set<String>> reasons = new LinkedHashMap<>();
    Map<Integer, String> rows = new HashMap<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(result.rejectsFile().orElseThrow())) {
      csv.forEach(
          row -> {
            int fileLine = Integer.parseInt(row.getField("file_line"));
            reasons
                .computeIfAbsent(fileLine, any -> new TreeSet<>())
                .add(row.getField("rule") + " " + row.getField("field"));
            rows.put(fileLine, row.getField("row"));
            assertThat(row.getField("message")).isNotBlank();
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<Broken> broken = new ArrayList<>();
    reasons.forEach((line, why) -> broken.add(new Broken(line, rows.get(line), why)));
    return broken;
  }

  @Test
  void the_api_names_each_bad_line_to_the_sender() throws Exception {
    List<Broken> broken = new ArrayList<>(BrokenLines.ofJson());
    broken.removeIf(line -> line.reasons().contains("UNREADABLE "));
    List<String> elements = new ArrayList<>(broken.stream().map(Broken::text).toList());
    elements.add(0, BrokenLines.linesOfJson().get(0));
    Endpoints stores = SharedStandins.emptyStores();
    try (KinesisClient kinesis = stores.kinesis().client();
        Gateway gateway = gateway(stores, kinesis)) {
      HttpResponse<String> mixed = post(gateway, "[" + String.join(",", elements) + "]");
      HttpResponse<String> allBad = post(gateway, broken.get(0).text());

      assertThat(mixed.statusCode()).isEqualTo(202);
      assertThat(mixed.body()).contains("\"accepted\":1,");
      Map<Integer, Set<String>> expected = new HashMap<>();
      for (int i = 0; i < broken.size(); i++) {
        expected.put(i + 1, broken.get(i).reasons());
      }
      assertThat(verdict(mixed.body())).isEqualTo(expected);
      assertThat(allBad.statusCode()).isEqualTo(422);
      assertThat(verdict(allBad.body())).isEqualTo(Map.of(0, broken.get(0).reasons()));
      for (Broken line : BrokenLines.ofJson()) {
        if (line.reasons().contains("UNREADABLE ")) {
          assertThat(post(gateway, line.text()).statusCode()).as(line.text()).isEqualTo(400);
        }
      }
    }
  }

  private static HttpResponse<String> post(Gateway gateway, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.address() + "/v1/invoice-lines"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static Map<Integer, Set<String>> verdict(String body) {
    Map<Integer, Set<String>> verdict = new HashMap<>();
    Matcher lines = Pattern.compile("\"index\":(\\d+),\"violations\":\\[(.*?)]").matcher(body);
    while (lines.find()) {
      Set<String> reasons = new TreeSet<>();
      Matcher rules =
          Pattern.compile("\"rule\":\"(\\w+)\",\"field\":\"(\\w*)\"").matcher(lines.group(2));
      while (rules.find()) {
        reasons.add(rules.group(1) + " " + rules.group(2));
      }
      verdict.put(Integer.parseInt(lines.group(1)), reasons);
    }
    return verdict;
  }
}
