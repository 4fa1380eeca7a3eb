package org.invoiceflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.invoiceflow.job.sources.InvoiceFiles;
import org.invoiceflow.job.testing.GraphRun;
import org.invoiceflow.job.testing.MemoryStores;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real invoices, each of which holds a quirk, against figures that another program computed. The
 * data is no part of the project; without it the test is skipped.
 */
class RealDataITCase {

  private static final Path DATA =
      Path.of(System.getProperty("invoiceflow.root", "."), "..", "shared", "data");

  @RegisterExtension static final MiniClusterExtension CLUSTER = GraphRun.cluster();

  private final MemoryStores stores = new MemoryStores();

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void the_edge_cases_of_the_real_data_end_in_every_store_as_they_are(RuntimeExecutionMode mode)
      throws Exception {
    Path file = DATA.resolve("slice_edge.csv");
    assumeTrue(Files.exists(file), "The real data is not at hand: there is no " + file);

    GraphRun.in(mode)
        .run(
            InvoiceFiles.source(file.toRealPath().toString(), CsvOptions.detectAll()),
            stores.all());

    List<InvoiceSummary> invoices =
        stores.parts().values().stream()
            .flatMap(part -> part.summary().stream())
            .collect(Collectors.toList());
    assertThat(invoices.stream().collect(Collectors.toMap(InvoiceSummary::invoiceNo, this::row)))
        .isEqualTo(truth("truth_slice_edge_invoices.csv.gz", 7));
    Map<String, List<InvoiceSummary>> byCustomer =
        stores.customerRows().values().stream()
            .collect(Collectors.groupingBy(row -> row.customerId().orElseThrow()));
    Map<String, String> customers = new TreeMap<>();
    byCustomer.forEach((customer, rows) -> customers.put(customer, totals(customer, rows)));
    assertThat(customers).isEqualTo(truth("truth_slice_edge_customers.csv.gz", 6));
    assertThat(stores.warehouse()).hasSize(439);
    assertThat(stores.raw()).hasSize(439);
    assertThat(stores.rejected()).isEmpty();
  }

  private String row(InvoiceSummary summary) {
    return String.join(
        ",",
        summary.invoiceNo(),
        summary.customerId().orElse(""),
        LineJson.formatDate(summary.date()),
        Integer.toString(summary.lineCount()),
        Long.toString(summary.units()),
        threeDecimals(summary.total()),
        summary.country());
  }

  private static String totals(String customer, Collection<InvoiceSummary> rows) {
    return String.join(
        ",",
        customer,
        Integer.toString(rows.size()),
        Long.toString(rows.stream().filter(r -> r.kind() == InvoiceKind.CANCELLATION).count()),
        Integer.toString(rows.stream().mapToInt(InvoiceSummary::lineCount).sum()),
        Long.toString(rows.stream().mapToLong(InvoiceSummary::units).sum()),
        threeDecimals(
            rows.stream().map(InvoiceSummary::total).reduce(BigDecimal.ZERO, BigDecimal::add)));
  }

  private static String threeDecimals(BigDecimal total) {
    return total.setScale(3).toPlainString();
  }

  /** The first columns of each row, by the first one; no value of these files is quoted. */
  private static Map<String, String> truth(String name, int columns) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DATA.resolve(name))),
                StandardCharsets.UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> fields = List.of(line.split(",", -1)).subList(0, columns);
        rows.put(fields.get(0), String.join(",", fields));
      }
    }
    return rows;
  }
}
