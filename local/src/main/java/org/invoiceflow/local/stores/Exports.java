package org.invoiceflow.local.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;

/**
 * Writes what the stores hold as CSV files.
 *
 * <p>All are UTF-8 with LF, a header line, and quotes only where a value needs them (RFC 4180).
 * Rows are sorted by key, text bytewise. Dates are {@code yyyy-MM-ddTHH:mm:ss}; money is exact with
 * at least three decimals ({@link Money}); the customer of a guest's invoice is empty.
 */
public final class Exports {

  /** From the invoices view: one row per invoice, as its stored summary says. */
  public static final String INVOICES = "invoices.csv";

  /**
   * From the customers view: one row per customer. Only {@code last_date}, the latest InvoiceDate
   * of any of the customer's lines, comes from the lines in the invoices view: a customer's row
   * holds an invoice's earliest date.
   */
  public static final String CUSTOMERS = "customers.csv";

  /** From the warehouse: one row per row, sorted by invoice_no and the number line_no. */
  public static final String WAREHOUSE = "warehouse.csv";

  private Exports() {}

  /**
   * Writes {@value #INVOICES}.
   *
   * @param folder is made if it does not exist; a file of that name is replaced
   */
  public static void invoices(Path folder, InvoicesView view) throws IOException {
    try (CsvFile csv = new CsvFile(folder, INVOICES)) {
      csv.row("invoice_no", "customer_id", "date", "lines", "units", "total", "country");
      for (StoredInvoice invoice : view.invoices()) {
        InvoiceSummary summary = invoice.stored();
        csv.row(
            summary.invoiceNo(),
            summary.customerId().orElse(""),
            LineJson.formatDate(summary.date()),
            Integer.toString(summary.lineCount()),
            Long.toString(summary.units()),
            Money.text(summary.total()),
            summary.country());
      }
    }
  }

  /** Writes {@value #CUSTOMERS}; see {@link #invoices} for the folder. */
  public static void customers(Path folder, CustomersView view, InvoicesView invoices)
      throws IOException {
    try (CsvFile csv = new CsvFile(folder, CUSTOMERS)) {
      csv.row(
          "customer_id",
          "invoices",
          "cancelled_invoices",
          "lines",
          "units",
          "net_total",
          "first_date",
          "last_date");
      for (var customer : view.customers().entrySet()) {
        CustomerTotals totals = CustomerTotals.of(customer.getValue().values(), invoices);
        csv.row(
            customer.getKey(),
            Long.toString(totals.invoices()),
            Long.toString(totals.cancelledInvoices()),
            Long.toString(totals.lines()),
            Long.toString(totals.units()),
            Money.text(totals.netTotal()),
            LineJson.formatDate(totals.firstDate()),
            LineJson.formatDate(totals.lastDate()));
      }
    }
  }

  /** Writes {@value #WAREHOUSE}, row by row as it is read; see {@link #invoices} for the folder. */
  public static void warehouse(Path folder, WarehouseReader warehouse)
      throws IOException, SQLException {
    try (CsvFile csv = new CsvFile(folder, WAREHOUSE)) {
      csv.row(
          "invoice_no",
          "line_no",
          "stock_code",
          "description",
          "quantity",
          "invoice_date",
          "unit_price",
          "customer_id",
          "country");
      warehouse.forEachLine(line -> writeLine(csv, line));
    }
  }

  private static void writeLine(CsvFile csv, InvoiceLine line) throws IOException {
    csv.row(
        line.invoiceNo(),
        Integer.toString(line.lineNo()),
        line.stockCode(),
        line.description(),
        Integer.toString(line.quantity()),
        LineJson.formatDate(line.invoiceDate()),
        Money.text(line.unitPrice()),
        line.customerId().orElse(""),
        line.country());
  }
}
