package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.testing.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's mistake: one sentence on stderr, status 2, and nothing was started. */
class BadUsageITCase {

  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  private static final String ROW = "536365,85123A,HOLDER,6,12/1/2010 8:26,2.55,17850,UK\n";
  private static final String UNAMBIGUOUS = "536366,22633,WARMER,6,12/13/2010 8:28,1.85,17850,UK\n";

  @TempDir Path temp;

  private Path good;
  private Set<Long> processes;
  private Set<Path> temporaryFiles;

  @BeforeEach
  void lookAround() throws IOException {
    good = file("good.csv", HEADER + ROW + UNAMBIGUOUS);
    processes = processes();
    temporaryFiles = temporaryFiles();
  }

  @AfterEach
  void nothing_is_left_behind() throws IOException {
    await()
        .atMost(Limits.PATIENCE)
        .untilAsserted(() -> assertThat(processes).containsAll(processes()));
    assertThat(temporaryFiles()).isEqualTo(temporaryFiles);
  }

  private static Set<Long> processes() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static Set<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(Demo.temporaryFolders()))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(temp.resolve(name), content);
  }

  private static void assertRefused(DemoRun run, String... words) {
    assertThat(run.err().strip()).hasLineCount(1).contains(words).doesNotContain("Exception");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_file_that_does_not_exist() {
    assertRefused(DemoRun.of(temp.resolve("absent.csv")), "There is no file", "absent.csv");
  }

  @Test
  void a_folder_in_place_of_a_file() {
    assertRefused(DemoRun.of(temp), "is a folder");
  }

  @Test
  void two_files() {
    assertRefused(DemoRun.of(good, good), "good.csv");
  }

  @Test
  void an_empty_file() throws Exception {
    assertRefused(DemoRun.of(file("empty.csv", "")), "empty.csv", "is empty");
  }

  @Test
  void a_header_that_lacks_columns() throws Exception {
    Path file = file("header.csv", "InvoiceNo,StockCode,Description,Quantity,Country\n1,2,3,4,5\n");
    assertRefused(DemoRun.of(file), "header.csv", "InvoiceDate", "UnitPrice", "CustomerID");
  }

  @Test
  void a_file_in_utf_16() throws Exception {
    Path file = temp.resolve("utf16.csv");
    Files.write(file, (HEADER + ROW).getBytes(StandardCharsets.UTF_16));
    assertRefused(DemoRun.of(file), "utf16.csv", "UTF-16", "UTF-8");
  }

  @Test
  void a_file_without_a_readable_date() throws Exception {
    Path file = file("dates.csv", HEADER + ROW.replace("12/1/2010 8:26", "yesterday"));
    assertRefused(DemoRun.of(file), "dates.csv", "'yesterday' in line 2", "yyyy-MM-dd");
  }

  @Test
  void a_date_format_that_does_not_exist() {
    assertRefused(DemoRun.of("--date-format", "backwards", good), "--date-format", "month-first");
  }

  @Test
  void a_date_format_that_is_not_that_of_the_file() {
    assertRefused(DemoRun.of("--date-format", "iso", good), "good.csv", "line 2");
  }

  @Test
  void a_file_whose_dates_can_be_read_in_two_ways() throws Exception {
    Path file = file("dates.csv", HEADER + ROW);
    assertRefused(DemoRun.of(file), "dates.csv", "more than one way", "--date-format");
  }

  @Test
  void a_gzip_file_that_ends_too_early() throws Exception {
    Path file = temp.resolve("cut.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((HEADER + ROW.repeat(10_000)).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 100));
    assertRefused(DemoRun.of(file), "cut.csv.gz");
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense,, --nonsense",
    "--mode, nonsense, stream or import",
    "--repeat, 0, at least 1",
    "--repeat, many, many",
    "--port, 70000, 70000",
    "--ui-port, -1, -1",
    "--create-missing,, --endpoints",
    "--report,, --report"
  })
  void a_wrong_option(String option, String value, String word) {
    DemoRun run = value == null ? DemoRun.of(good, option) : DemoRun.of(good, option, value);
    assertRefused(run, word);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--ui-port"})
  void a_port_that_is_taken(String option) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertRefused(DemoRun.of(good, option, port), "Port " + port, "taken");
    }
  }

  @Test
  void the_same_port_for_both_servers() throws Exception {
    int port = Ports.free();
    assertRefused(DemoRun.of(good, "--port", port, "--ui-port", port), "Port " + port);
  }

  @Test
  void a_report_into_a_folder_that_does_not_exist() {
    assertRefused(
        DemoRun.of(good, "--report", temp.resolve("absent/report.json")), "absent", "folder");
  }

  @Test
  void a_report_in_place_of_a_folder() {
    assertRefused(DemoRun.of(good, "--report", temp), "is a folder");
  }

  @Test
  void an_export_into_a_file() {
    assertRefused(DemoRun.of(good, "--export", good), "is a file");
    assertRefused(DemoRun.of(good, "--export", good.resolve("below")), "good.csv");
  }

  @Test
  void an_endpoints_file_that_does_not_exist() {
    assertRefused(
        DemoRun.of(good, "--endpoints", temp.resolve("absent.properties")), "absent.properties");
  }

  @Test
  void an_endpoints_file_with_several_errors() throws Exception {
    Properties wrong = new Properties();
    wrong.setProperty("kinesis.stream", "lines");
    wrong.setProperty("s3.bucket", "lake");
    wrong.setProperty("s3.region", "eu-west-1");
    wrong.setProperty("s3.endpoint", "localhost:9000");
    wrong.setProperty("s3.secret-access-key", "do-not-show-me");
    wrong.setProperty("warehouse.jdbc-url", "jdbc:mysql://127.0.0.1/x");
    wrong.setProperty("nonsense", "1");
    Path file = DemoRun.write(wrong, temp);

    DemoRun run = DemoRun.of(good, "--endpoints", file);

    assertRefused(
        run,
        file.toString(),
        "kinesis.region",
        "s3.endpoint",
        "s3.access-key-id",
        "warehouse.jdbc-url",
        "warehouse.user",
        "nonsense");
    assertThat(run.err()).doesNotContain("do-not-show-me");
  }

  @Test
  void a_wrong_call_says_where_help_is() {
    List<DemoRun> wrong = List.of(DemoRun.of("--nonsense"), DemoRun.of("--mode", "x"));

    assertThat(wrong).allSatisfy(run -> assertThat(run.err()).contains("demo --help"));
    assertThat(DemoRun.of("--help"))
        .satisfies(
            help -> {
              assertThat(help.status()).isZero();
              assertThat(help.out()).contains("--endpoints", "Exit status", "--export");
            });
  }
}
