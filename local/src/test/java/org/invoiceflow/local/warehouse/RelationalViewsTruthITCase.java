package org.invoiceflow.local.warehouse;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.bench.warehouse.InsertLoads;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.local.testing.CsvLines;
import org.invoiceflow.local.testing.TestPostgres;
import org.invoiceflow.local.testing.TruthAssertions;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The warehouse's views over the real data say what the truths say, to the last digit. */
class RelationalViewsTruthITCase {

  private static final String MONEY = "to_char(total, 'FM999999999990.000')";
  private static final String TIME = "'YYYY-MM-DD\"T\"HH24:MI:SS'";

  @ParameterizedTest
  @CsvSource({
    "slice_edge.csv, truth_slice_edge_",
    "slice.csv.gz, truth_slice_",
    "online_retail.csv.gz, truth_"
  })
  void the_views_equal_the_truths(String file, String truth) throws Exception {
    Path data = TruthAssertions.dataFolder();
    List<InvoiceLine> lines = CsvLines.read(data.resolve(file));
    try (EmbeddedPostgres postgres =
        TestPostgres.builder()
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            .start()) {
      WarehouseEndpoint warehouse =
          new WarehouseEndpoint(
              "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
              "postgres",
              "postgres");
      try (Connection connection = warehouse.connect()) {
        WarehouseSchema.create(connection);
        InsertLoads.load(warehouse, lines, 1_000, true);
        JdbcSession session = new JdbcSession(connection);
        assertThat(byKey(session.query(invoices())))
            .isEqualTo(truth(data.resolve(truth + "invoices.csv.gz"), this::invoice));
        assertThat(byKey(session.query(customers())))
            .isEqualTo(truth(data.resolve(truth + "customers.csv.gz"), this::customer));
        assertThat(byKey(session.query("SELECT stock_code, name FROM stock")))
            .isEqualTo(names(lines));
        assertThat(session.query("SELECT count(*), sum(line_count), sum(total) FROM invoice_stock"))
            .containsExactly(
                List.of(
                    Long.toString(
                        lines.stream()
                            .map(line -> line.invoiceNo() + "\n" + line.stockCode())
                            .distinct()
                            .count()),
                    Integer.toString(lines.size()),
                    lines.stream()
                        .map(InvoiceLine::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .setScale(4)
                        .toPlainString()));
        // The countries of those eight customers of the real data who have two.
        assertThat(byKey(session.query("SELECT customer_id, country FROM customer")))
            .isEqualTo(latestCountries(lines));
      }
    }
  }

  private static String invoices() {
    return "SELECT invoice_no, customer_id, to_char(invoice_date, "
        + TIME
        + "), line_count, units, "
        + MONEY
        + ", country FROM invoice";
  }

  private List<String> invoice(NamedCsvRecord row) {
    return fields(row, "invoice_no", "customer_id", "date", "lines", "units", "total", "country");
  }

  /** The truth knows the first rows of the invoices; the last date is that of the last row. */
  private static String customers() {
    return "SELECT customer_id, invoices, cancelled_invoices, line_count, units, "
        + MONEY
        + ", to_char(first_invoice_date, "
        + TIME
        + ") FROM customer";
  }

  private List<String> customer(NamedCsvRecord row) {
    return fields(
        row,
        "customer_id",
        "invoices",
        "cancelled_invoices",
        "lines",
        "units",
        "net_total",
        "first_date");
  }

  private static List<String> fields(NamedCsvRecord row, String... names) {
    List<String> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(row.getField(name));
    }
    return fields;
  }

  private static Map<String, List<String>> truth(
      Path file, Function<NamedCsvRecord, List<String>> fields) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .ofNamedCsvRecord(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      csv.forEach(row -> rows.add(fields.apply(row)));
    }
    return byKey(rows);
  }

  private static Map<String, List<String>> byKey(List<List<String>> rows) {
    Map<String, List<String>> byKey = new TreeMap<>();
    rows.forEach(row -> byKey.put(row.get(0), row));
    assertThat(byKey).hasSameSizeAs(rows);
    return byKey;
  }

  private record Use(String description, long times, LocalDateTime last) {}

  /** Computed once more without SQL. */
  private static Map<String, List<String>> names(List<InvoiceLine> lines) {
    Map<String, Map<String, Use>> uses = new TreeMap<>();
    for (InvoiceLine line : lines) {
      Map<String, Use> ofCode = uses.computeIfAbsent(line.stockCode(), code -> new TreeMap<>());
      if (!line.description().isEmpty()) {
        ofCode.merge(
            line.description(),
            new Use(line.description(), 1, line.invoiceDate()),
            (one, other) ->
                new Use(
                    one.description(),
                    one.times() + other.times(),
                    one.last().isAfter(other.last()) ? one.last() : other.last()));
      }
    }
    Map<String, List<String>> names = new TreeMap<>();
    uses.forEach(
        (code, ofCode) ->
            names.put(
                code,
                List.of(
                    code,
                    ofCode.values().stream()
                        .max(
                            comparing(Use::times)
                                .thenComparing(Use::last)
                                .thenComparing(Use::description))
                        .map(Use::description)
                        .orElse(""))));
    return names;
  }

  private static Map<String, List<String>> latestCountries(List<InvoiceLine> lines) {
    Map<String, LocalDateTime> dates = new TreeMap<>();
    lines.forEach(
        line ->
            dates.merge(
                line.invoiceNo(),
                line.invoiceDate(),
                (one, other) -> one.isBefore(other) ? one : other));
    Map<String, InvoiceLine> latest = new TreeMap<>();
    for (InvoiceLine line : lines) {
      line.customerId()
          .ifPresent(
              customer ->
                  latest.merge(
                      customer,
                      line,
                      (one, other) ->
                          comparing((InvoiceLine each) -> dates.get(each.invoiceNo()))
                                      .thenComparing(InvoiceLine::invoiceNo)
                                      .compare(one, other)
                                  >= 0
                              ? one
                              : other));
    }
    Map<String, List<String>> countries = new TreeMap<>();
    latest.forEach((customer, line) -> countries.put(customer, List.of(customer, line.country())));
    return countries;
  }
}
