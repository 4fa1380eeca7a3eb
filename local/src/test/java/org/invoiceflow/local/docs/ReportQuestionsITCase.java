package org.invoiceflow.local.docs;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.bench.warehouse.InsertLoads;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.local.testing.CsvLines;
import org.invoiceflow.local.testing.TestPostgres;
import org.invoiceflow.local.testing.TruthAssertions;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.warehouse.Dialect;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.invoiceflow.model.warehouse.PasswordHash;
import org.invoiceflow.model.warehouse.WarehouseUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Asks the three questions of docs/bi.md as its read-only user, in its own words. */
class ReportQuestionsITCase {

  private static final String READER = "reader";
  private static final String PASSWORD = "correct horse battery staple";
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyy-MM");

  private static EmbeddedPostgres postgres;
  private static List<String> questions;

  @BeforeAll
  static void start() throws IOException {
    questions = Page.read("docs/bi.md").section("Three questions").sql();
    assertThat(questions).hasSize(3);
    postgres =
        TestPostgres.builder()
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            .start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void the_answers_on_the_sample_are_those_that_its_lines_give() throws Exception {
    Path sample = Page.repository().resolve("data/sample.csv");
    assertAnswers("sample", CsvLines.read(sample));
  }

  @Test
  void the_answers_on_two_real_weeks_are_those_of_the_truths() throws Exception {
    Path data = TruthAssertions.dataFolder();
    List<List<List<String>>> answers =
        assertAnswers("slice", CsvLines.read(data.resolve("slice.csv.gz")));

    List<NamedCsvRecord> invoices = truth(data.resolve("truth_slice_invoices.csv.gz"));
    assertThat(byCountry(answers.get(0), 4)).isEqualTo(net(invoices));
    assertThat(byCountry(answers.get(0), 5)).isEqualTo(counts(invoices));
    assertThat(pick(answers.get(1), 0, 2, 3, 4))
        .isEqualTo(bestCustomers(truth(data.resolve("truth_slice_customers.csv.gz"))));
  }

  private static List<List<List<String>>> assertAnswers(String database, List<InvoiceLine> lines)
      throws Exception {
    List<List<List<String>>> answers = ask(database, lines);
    assertThat(plain(answers.get(0))).as("question 1").isEqualTo(months(lines));
    assertThat(plain(pick(answers.get(1), 0, 2, 3, 4, 5)))
        .as("question 2")
        .isEqualTo(customers(lines));
    assertThat(plain(pick(answers.get(2), 0, 2, 3, 4))).as("question 3").isEqualTo(products(lines));
    assertThat(answers.get(2)).allSatisfy(row -> assertThat(row.get(1)).isNotEmpty());
    return answers;
  }

  private static List<List<List<String>>> ask(String database, List<InvoiceLine> lines)
      throws Exception {
    try (Connection admin = postgres.getPostgresDatabase().getConnection()) {
      admin.createStatement().execute("CREATE DATABASE " + database);
    }
    String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database;
    WarehouseEndpoint warehouse = new WarehouseEndpoint(url, "postgres", "postgres");
    try (Connection connection = warehouse.connect()) {
      WarehouseSchema.create(connection);
      InsertLoads.load(warehouse, lines, 1_000, true);
      // Without statistics PostgreSQL joins the views row by row, which takes minutes.
      connection.createStatement().execute("ANALYZE");
      JdbcSession session = new JdbcSession(connection);
      session.run(
          new WarehouseUsers(session, Dialect.POSTGRESQL)
              .reader(READER, Optional.of(PasswordHash.of(READER, PASSWORD))));
    }
    try (Connection reader = DriverManager.getConnection(url, READER, PASSWORD)) {
      JdbcSession session = new JdbcSession(reader);
      List<List<List<String>>> answers = new ArrayList<>();
      for (String question : questions) {
        answers.add(session.query(question));
      }
      return answers;
    }
  }

  // ---- the same without SQL ----

  private static List<List<String>> months(List<InvoiceLine> lines) {
    Map<String, List<List<InvoiceLine>>> groups = new TreeMap<>();
    for (List<InvoiceLine> invoice : invoices(lines)) {
      InvoiceLine first = invoice.stream().min(comparing(InvoiceLine::lineNo)).orElseThrow();
      groups
          .computeIfAbsent(
              first.country() + "|" + MONTH.format(date(invoice)), any -> new ArrayList<>())
          .add(invoice);
    }
    List<List<String>> rows = new ArrayList<>();
    groups.forEach(
        (key, ofGroup) ->
            rows.add(
                List.of(
                    key.substring(0, key.indexOf('|')),
                    key.substring(key.indexOf('|') + 1),
                    total(ofGroup, ReportQuestionsITCase::isSale),
                    total(ofGroup, invoice -> invoice.get(0).invoiceNo().startsWith("C")),
                    total(ofGroup, any -> true),
                    Integer.toString(ofGroup.size()))));
    return rows;
  }

  private static List<List<String>> customers(List<InvoiceLine> lines) {
    Map<String, List<List<InvoiceLine>>> groups = new TreeMap<>();
    for (List<InvoiceLine> invoice : invoices(lines)) {
      invoice.stream()
          .flatMap(line -> line.customerId().stream())
          .findFirst()
          .ifPresent(id -> groups.computeIfAbsent(id, any -> new ArrayList<>()).add(invoice));
    }
    return groups.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, List<List<InvoiceLine>>> e) ->
                        new BigDecimal(total(e.getValue(), any -> true)))
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .limit(10)
        .map(
            e -> {
              long all = e.getValue().size();
              long cancelled =
                  e.getValue().stream().filter(i -> i.get(0).invoiceNo().startsWith("C")).count();
              return List.of(
                  e.getKey(),
                  total(e.getValue(), any -> true),
                  Long.toString(all),
                  Long.toString(cancelled),
                  plain(
                      BigDecimal.valueOf(100 * cancelled)
                          .divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP)));
            })
        .toList();
  }

  private static List<List<String>> products(List<InvoiceLine> lines) {
    Map<String, List<InvoiceLine>> sold =
        invoices(lines).stream()
            .filter(ReportQuestionsITCase::isSale)
            .flatMap(List::stream)
            .collect(groupingBy(InvoiceLine::stockCode, TreeMap::new, toList()));
    return sold.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, List<InvoiceLine>> e) ->
                        new BigDecimal(total(List.of(e.getValue()), any -> true)))
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .limit(10)
        .map(
            e ->
                List.of(
                    e.getKey(),
                    Long.toString(e.getValue().stream().mapToLong(InvoiceLine::quantity).sum()),
                    total(List.of(e.getValue()), any -> true),
                    Long.toString(
                        e.getValue().stream().map(InvoiceLine::invoiceNo).distinct().count())))
        .toList();
  }

  private static List<List<InvoiceLine>> invoices(List<InvoiceLine> lines) {
    return List.copyOf(
        lines.stream()
            .collect(groupingBy(InvoiceLine::invoiceNo, TreeMap::new, toList()))
            .values());
  }

  private static boolean isSale(List<InvoiceLine> invoice) {
    return !invoice.get(0).invoiceNo().matches("[CA].*");
  }

  private static LocalDateTime date(List<InvoiceLine> invoice) {
    return invoice.stream()
        .map(InvoiceLine::invoiceDate)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static String total(
      List<List<InvoiceLine>> invoices, Predicate<List<InvoiceLine>> wanted) {
    return plain(
        invoices.stream()
            .filter(wanted)
            .flatMap(List::stream)
            .map(InvoiceLine::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  // ---- the truths ----

  private static Map<String, BigDecimal> net(List<NamedCsvRecord> invoices) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    invoices.forEach(
        row ->
            sums.merge(
                row.getField("country") + row.getField("date").substring(0, 7),
                new BigDecimal(row.getField("total")),
                BigDecimal::add));
    sums.replaceAll((key, sum) -> sum.setScale(4));
    return sums;
  }

  private static Map<String, BigDecimal> counts(List<NamedCsvRecord> invoices) {
    Map<String, BigDecimal> counts = new TreeMap<>();
    invoices.forEach(
        row ->
            counts.merge(
                row.getField("country") + row.getField("date").substring(0, 7),
                BigDecimal.ONE,
                BigDecimal::add));
    counts.replaceAll((key, count) -> count.setScale(4));
    return counts;
  }

  private static Map<String, BigDecimal> byCountry(List<List<String>> answer, int column) {
    Map<String, BigDecimal> values = new TreeMap<>();
    answer.forEach(
        row -> values.put(row.get(0) + row.get(1), new BigDecimal(row.get(column)).setScale(4)));
    return values;
  }

  private static List<List<String>> bestCustomers(List<NamedCsvRecord> customers) {
    return customers.stream()
        .sorted(
            Comparator.comparing((NamedCsvRecord row) -> new BigDecimal(row.getField("net_total")))
                .reversed()
                .thenComparing(row -> row.getField("customer_id")))
        .limit(10)
        .map(
            row ->
                List.of(
                    row.getField("customer_id"),
                    new BigDecimal(row.getField("net_total")).setScale(4).toPlainString(),
                    row.getField("invoices"),
                    row.getField("cancelled_invoices")))
        .toList();
  }

  private static List<NamedCsvRecord> truth(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .ofNamedCsvRecord(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return csv.stream().toList();
    }
  }

  // ---- rows ----

  private static List<List<String>> pick(List<List<String>> rows, int... columns) {
    return rows.stream().map(row -> IntStream.of(columns).mapToObj(row::get).toList()).toList();
  }

  /** Numbers without zeros at their end, whatever the store's scale is. */
  private static List<List<String>> plain(List<List<String>> rows) {
    return rows.stream()
        .map(
            row ->
                row.stream()
                    .map(
                        value ->
                            value.matches("-?\\d+\\.\\d+") ? plain(new BigDecimal(value)) : value)
                    .toList())
        .toList();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
