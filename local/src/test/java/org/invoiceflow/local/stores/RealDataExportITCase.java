package org.invoiceflow.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.stores.FakeDynamoDb.CUSTOMERS;
import static org.invoiceflow.local.stores.FakeDynamoDb.INVOICES;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.local.testing.TestPostgres;
import org.invoiceflow.local.testing.TruthAssertions;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/** The exports of correctly filled stores have the truths' shape, to the last digit. */
class RealDataExportITCase {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M/d/yyyy H:mm");

  private final FakeDynamoDb db = new FakeDynamoDb();

  @ParameterizedTest
  @CsvSource({"slice_edge, slice_edge.csv", "slice, slice.csv.gz"})
  void exports_equal_the_truths(String slice, String file, @TempDir Path folder) throws Exception {
    Map<String, List<InvoiceLine>> invoices = read(TruthAssertions.dataFolder().resolve(file));
    invoices.values().forEach(db::store);

    InvoicesView invoicesView = InvoicesView.read(db, INVOICES);
    CustomersView customersView = CustomersView.read(db, CUSTOMERS);
    Exports.invoices(folder, invoicesView);
    Exports.customers(folder, customersView, invoicesView);
    try (EmbeddedPostgres postgres = TestPostgres.builder().start()) {
      ConnectionSource connections = () -> postgres.getPostgresDatabase().getConnection();
      fill(connections, invoices);
      Exports.warehouse(folder, new WarehouseReader(connections, "invoice_lines"));
    }

    assertThat(invoicesView.findings()).isEqualTo(Findings.NONE);
    assertThat(customersView.differencesFrom(invoicesView)).isEqualTo(Findings.NONE);
    TruthAssertions.assertEqualsTruth(folder, slice);
  }

  private static Map<String, List<InvoiceLine>> read(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    Map<String, List<InvoiceLine>> invoices = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .ofNamedCsvRecord(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                    Charset.forName("windows-1252")))) {
      for (NamedCsvRecord row : csv) {
        List<InvoiceLine> lines =
            invoices.computeIfAbsent(row.getField("InvoiceNo"), no -> new ArrayList<>());
        lines.add(
            InvoiceLine.builder()
                .invoiceNo(row.getField("InvoiceNo"))
                .lineNo(lines.size() + 1)
                .stockCode(row.getField("StockCode"))
                .description(row.getField("Description"))
                .quantity(Integer.parseInt(row.getField("Quantity")))
                .invoiceDate(LocalDateTime.parse(row.getField("InvoiceDate"), DATE))
                .unitPrice(new BigDecimal(row.getField("UnitPrice")))
                .customerId(row.getField("CustomerID"))
                .country(row.getField("Country"))
                .build());
      }
    }
    return invoices;
  }

  private static void fill(ConnectionSource connections, Map<String, List<InvoiceLine>> invoices)
      throws SQLException, IOException {
    StringBuilder text = new StringBuilder();
    for (List<InvoiceLine> lines : invoices.values()) {
      for (InvoiceLine line : lines) {
        String row =
            String.join(
                "\t",
                line.invoiceNo(),
                Integer.toString(line.lineNo()),
                line.stockCode(),
                line.description(),
                Integer.toString(line.quantity()),
                line.invoiceDate().toString(),
                line.unitPrice().toPlainString(),
                line.customerId().orElse("\\N"),
                line.country());
        text.append(row).append('\n');
      }
    }
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table invoice_lines (
            invoice_no varchar(64), line_no integer, stock_code varchar(64),
            description varchar(1000), quantity integer, invoice_date timestamp,
            unit_price decimal(18,4), customer_id varchar(64), country varchar(100),
            source_file varchar(255))
          """);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy invoice_lines (invoice_no, line_no, stock_code, description, quantity,"
                  + " invoice_date, unit_price, customer_id, country) from stdin",
              new StringReader(text.toString()));
    }
  }
}
