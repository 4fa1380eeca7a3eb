package org.invoiceflow.local.stores;

import static org.invoiceflow.model.ViewSchema.CUSTOMER_ID;
import static org.invoiceflow.model.ViewSchema.INVOICE_NO;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.invoiceflow.model.Decimals;
import org.invoiceflow.model.InvoiceSummary;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The customers view as it stands in DynamoDB: the summaries of each customer's invoices. */
public final class CustomersView {

  private final NavigableMap<String, NavigableMap<String, InvoiceSummary>> customers =
      new TreeMap<>(Bytewise.ORDER);
  private final Findings findings;

  private CustomersView(List<InvoiceSummary> rows, Findings findings) {
    for (InvoiceSummary row : rows) {
      customers
          .computeIfAbsent(
              row.customerId().orElseThrow(), customer -> new TreeMap<>(Bytewise.ORDER))
          .put(row.invoiceNo(), row);
    }
    this.findings = findings;
  }

  /** Reads the whole table, strongly consistent. */
  public static CustomersView read(DynamoDbClient client, String table) {
    Findings.Collector findings = new Findings.Collector();
    List<InvoiceSummary> rows = Collections.synchronizedList(new ArrayList<>());
    TableScan.of(
        client,
        table,
        TableScan.FEW_SEGMENTS,
        scan -> scan,
        item ->
            SummaryItem.read(item, where(item), findings)
                .filter(row -> row.customerId().isPresent())
                .ifPresent(rows::add));
    return new CustomersView(rows, findings.findings());
  }

  /** Every customer's invoices, both sorted bytewise by key; nobody may change them. */
  public NavigableMap<String, NavigableMap<String, InvoiceSummary>> customers() {
    return Collections.unmodifiableNavigableMap(customers);
  }

  /** Sum of the rows' line counts. */
  public long lines() {
    return customers.values().stream()
        .flatMap(invoices -> invoices.values().stream())
        .mapToLong(InvoiceSummary::lineCount)
        .sum();
  }

  /** Exact sum of the rows' totals. */
  public BigDecimal total() {
    return Decimals.canonical(
        customers.values().stream()
            .flatMap(invoices -> invoices.values().stream())
            .map(InvoiceSummary::total)
            .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** What is wrong with rows by themselves. */
  public Findings findings() {
    return findings;
  }

  /**
   * Where this view differs from what it has to be: one row for each invoice that names a customer,
   * equal to the summary of that invoice's lines.
   */
  public Findings differencesFrom(InvoicesView invoices) {
    Findings.Collector differences = new Findings.Collector();
    for (StoredInvoice invoice : invoices.invoices()) {
      InvoiceSummary expected = invoice.recomputed();
      if (expected.customerId().isEmpty()) {
        continue;
      }
      Optional<InvoiceSummary> row = row(expected.customerId().get(), expected.invoiceNo());
      if (row.isEmpty()) {
        differences.add(where(expected) + ": the row is missing");
      } else if (!row.get().equals(expected)) {
        differences.add(
            where(expected)
                + ": the row says ["
                + row.get()
                + "] but the invoice's lines add up to ["
                + expected
                + "]");
      }
    }
    for (Map<String, InvoiceSummary> rows : customers.values()) {
      for (InvoiceSummary row : rows.values()) {
        boolean known =
            invoices
                .invoice(row.invoiceNo())
                .filter(invoice -> invoice.recomputed().customerId().equals(row.customerId()))
                .isPresent();
        if (!known) {
          differences.add(where(row) + ": the invoices view has no such invoice of that customer");
        }
      }
    }
    return differences.findings();
  }

  private Optional<InvoiceSummary> row(String customerId, String invoiceNo) {
    return Optional.ofNullable(customers.get(customerId)).map(rows -> rows.get(invoiceNo));
  }

  private static String where(InvoiceSummary row) {
    return "Customer " + row.customerId().orElse("") + ", invoice " + row.invoiceNo();
  }

  private static String where(Map<String, AttributeValue> item) {
    return "Customer " + keyOf(item, CUSTOMER_ID) + ", invoice " + keyOf(item, INVOICE_NO);
  }

  private static String keyOf(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "without a key" : value.s();
  }
}
