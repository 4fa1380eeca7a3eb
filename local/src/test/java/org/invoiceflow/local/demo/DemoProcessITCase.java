package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.stores.Exports;
import org.invoiceflow.local.testing.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The script in processes of its own, on the sample that comes with the repository. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoProcessITCase {

  private static final Pattern ADDRESS = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d+)");

  @TempDir static Path temp;

  private static DemoProcess staying;
  private static DemoProcess ending;

  @BeforeAll
  static void start_two_at_once() throws Exception {
    Path sample = DemoProcess.root().resolve("data/sample.csv");
    staying = DemoProcess.start(temp.resolve("a"), "--export", "export");
    ending =
        DemoProcess.start(
            temp.resolve("b"), sample, "--mode", "import", "--exit", "--export", "export");
    staying.awaitOut("Ctrl-C ends everything");
    ending.awaitStatus();
  }

  @AfterAll
  static void stop() {
    staying.close();
    ending.close();
  }

  @Test
  @Order(1)
  void two_demos_side_by_side_do_not_collide() throws Exception {
    assertEndedWell(ending);
    assertThat(staying.out()).contains("Every line is accounted for.");
    for (String name : List.of(Exports.INVOICES, Exports.CUSTOMERS, Exports.WAREHOUSE)) {
      assertThat(temp.resolve("a/export").resolve(name))
          .hasSameTextualContentAs(temp.resolve("b/export").resolve(name));
    }
  }

  private static void assertEndedWell(DemoProcess demo) throws Exception {
    assertThat(demo.awaitStatus()).as(demo.out() + demo.err()).isEqualTo(ExitCode.BALANCED);
    assertThat(demo.out()).contains("Every line is accounted for.");
    assertThat(demo.err()).doesNotContain("Exception", "WARN", "\tat ");
    assertThat(demo.temporaryFiles()).isEmpty();
  }

  @Test
  @Order(2)
  void the_api_of_a_demo_that_stays_up_answers_what_the_export_says() throws Exception {
    assertAnswersEqualExport(staying, temp.resolve("a/export"));
  }

  @Test
  @Order(3)
  void ctrl_c_leaves_neither_process_nor_port_nor_file() throws Exception {
    Set<ProcessHandle> processes = staying.processes();
    assertThat(processes).hasSizeGreaterThan(4).allMatch(ProcessHandle::isAlive);
    Set<Integer> ports = ports(staying.out());
    assertThat(ports).hasSizeGreaterThanOrEqualTo(5);

    staying.interrupt();

    staying.awaitStatus();
    await()
        .atMost(Limits.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(processes).noneMatch(ProcessHandle::isAlive);
              assertThat(staying.temporaryFiles()).isEmpty();
            });
    for (int port : ports) {
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    }
    assertThat(staying.err()).doesNotContain("Exception", "\tat ");
  }

  private static Set<Integer> ports(String text) {
    Set<Integer> ports = new TreeSet<>();
    Matcher address = ADDRESS.matcher(text);
    while (address.find()) {
      ports.add(Integer.parseInt(address.group(1)));
    }
    return ports;
  }

  /** One invoice of each kind, and the whole history of the customer with most invoices. */
  private static void assertAnswersEqualExport(DemoProcess demo, Path export) throws Exception {
    Matcher curl = Pattern.compile("curl -s '?(http://\\S+?)/v1/").matcher(demo.out());
    assertThat(curl.find()).isTrue();
    String api = curl.group(1) + "/v1";
    Map<String, NamedCsvRecord> invoices = byKey(export.resolve(Exports.INVOICES));
    Map<String, NamedCsvRecord> customers = byKey(export.resolve(Exports.CUSTOMERS));
    for (String kind : List.of("", "C", "A")) {
      NamedCsvRecord invoice =
          invoices.values().stream()
              .filter(row -> row.getField(0).matches(kind + "\\d+"))
              .findFirst()
              .orElseThrow();
      assertSameInvoice(get(api + "/invoices/" + invoice.getField(0)), invoice);
    }
    NamedCsvRecord customer =
        customers.values().stream()
            .max(Comparator.comparingInt(row -> Integer.parseInt(row.getField("invoices"))))
            .orElseThrow();
    String id = customer.getField(0);
    String totals = get(api + "/customers/" + id);
    assertThat(number(totals, "invoices")).isEqualTo(number(customer.getField("invoices")));
    assertThat(number(totals, "lines")).isEqualTo(number(customer.getField("lines")));
    assertThat(number(totals, "net_total")).isEqualTo(number(customer.getField("net_total")));
    assertHistory(api, id, invoices);
  }

  private static void assertHistory(
      String api, String customer, Map<String, NamedCsvRecord> invoices) throws Exception {
    Map<String, String> expected = new TreeMap<>();
    invoices.values().stream()
        .filter(row -> row.getField("customer_id").equals(customer))
        .forEach(row -> expected.put(row.getField(0), row.getField("date")));
    Map<String, String> found = new TreeMap<>();
    String query = "?limit=2";
    while (!query.isEmpty()) {
      String page = get(api + "/customers/" + customer + "/invoices" + query);
      Matcher row = Pattern.compile("\"invoice_no\":\"(.*?)\".*?\"date\":\"(.*?)\"").matcher(page);
      while (row.find()) {
        found.put(row.group(1), row.group(2));
      }
      Matcher next = Pattern.compile("\"next_cursor\":\"(.*?)\"").matcher(page);
      query = next.find() ? "?limit=2&cursor=" + next.group(1) : "";
    }
    assertThat(found).isEqualTo(expected);
  }

  private static void assertSameInvoice(String answer, NamedCsvRecord invoice) {
    assertThat(answer).contains(invoice.getField("date"));
    assertThat(number(answer, "units")).isEqualTo(number(invoice.getField("units")));
    assertThat(number(answer, "total")).isEqualTo(number(invoice.getField("total")));
  }

  private static BigDecimal number(String json, String name) {
    Matcher value = Pattern.compile("\"" + name + "\":\"?(-?[0-9.]+)").matcher(json);
    assertThat(value.find()).as("%s in %s", name, json).isTrue();
    return number(value.group(1));
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text).stripTrailingZeros();
  }

  private static String get(String uri) throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(uri).isEqualTo(200);
    return answer.body();
  }

  private static Map<String, NamedCsvRecord> byKey(Path csv) throws IOException {
    Map<String, NamedCsvRecord> rows = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().ofNamedCsvRecord(Files.newBufferedReader(csv))) {
      reader.forEach(row -> rows.put(row.getField(0), row));
    }
    return rows;
  }
}
