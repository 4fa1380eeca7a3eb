package org.invoiceflow.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobCounters;
import org.invoiceflow.local.report.Accounting;
import org.invoiceflow.local.report.JobCounts;
import org.invoiceflow.local.report.Sent;
import org.invoiceflow.local.report.Stage;
import org.invoiceflow.local.stores.CustomersView;
import org.invoiceflow.local.stores.Exports;
import org.invoiceflow.local.stores.InvoicesView;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.LakeReader;
import org.invoiceflow.local.stores.LineCounts;
import org.invoiceflow.local.stores.StoredInvoice;
import org.invoiceflow.local.stores.WarehouseReader;
import org.invoiceflow.model.InvoiceSummary;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Reads the stores of a run back, without the job: cheaply while lines arrive, exactly at the end.
 */
final class StoreReader implements AutoCloseable {

  /** Operators whose puts are counted; Flink appends to a sink's name. */
  private static final List<String> VIEW_SINKS = List.of("invoices view", "customers view");

  private final Endpoints endpoints;
  private final DynamoDbClient dynamoDb;
  private final S3Client s3;
  private final LakeReader lake;
  private final WarehouseReader warehouse;

  StoreReader(Endpoints endpoints) {
    this.endpoints = endpoints;
    this.dynamoDb = endpoints.dynamoDb().client();
    this.s3 = endpoints.s3().client();
    this.lake = new LakeReader(s3, endpoints.s3().bucket(), "");
    this.warehouse = new WarehouseReader(endpoints.warehouse()::connect, WarehouseSchema.LINES);
  }

  /** Lines in {@code raw/} by now. */
  long rawLines() {
    return lake.refresh().raw().lines();
  }

  /** Lines in {@code raw/} by now that are not in {@code rejected/}. */
  long notRejectedLines() {
    LakeCounts counts = lake.refresh();
    return counts.raw().lines() - counts.rejected().lines();
  }

  /** Rows in the warehouse by now. */
  long warehouseRows() throws SQLException {
    return warehouse.rows();
  }

  /** Lines in the invoices view by now, as its summaries say. */
  long viewLines() {
    return LineCounts.of(dynamoDb, endpoints.dynamoDb().invoicesTable());
  }

  /** Reads everything, writes it out if asked to, and adds it up. */
  ReadBack readBack() throws SQLException {
    return new ReadBack(
        lake.refresh(),
        InvoicesView.read(dynamoDb, endpoints.dynamoDb().invoicesTable()),
        CustomersView.read(dynamoDb, endpoints.dynamoDb().customersTable()));
  }

  @Override
  public void close() {
    dynamoDb.close();
    s3.close();
  }

  /** What the stores held at one moment; the warehouse is asked again for each use. */
  final class ReadBack {
    private final LakeCounts counts;
    private final InvoicesView invoices;
    private final CustomersView customers;

    ReadBack(LakeCounts counts, InvoicesView invoices, CustomersView customers) {
      this.counts = counts;
      this.invoices = invoices;
      this.customers = customers;
    }

    Accounting accounting(String mode, Sent sent, JobCounters job, List<Stage> stages)
        throws SQLException {
      return Accounting.of(
          mode, sent, counts, countsOf(job), invoices, customers, warehouse.totals(), stages);
    }

    /** An invoice to show, if there is any; one that names a customer, if there is such a one. */
    Optional<InvoiceSummary> example() {
      Comparator<InvoiceSummary> guestsLast =
          Comparator.comparing(invoice -> invoice.customerId().isEmpty());
      return invoices.invoices().stream().map(StoredInvoice::stored).min(guestsLast);
    }

    void export(Path folder) throws IOException, SQLException {
      Files.createDirectories(folder);
      Exports.invoices(folder, invoices);
      Exports.customers(folder, customers, invoices);
      Exports.warehouse(folder, warehouse);
    }

    private static JobCounts countsOf(JobCounters job) {
      long duplicates =
          job.sum(JobMetrics.LINES_DUPLICATE) + job.sum(JobMetrics.LINES_ALREADY_STORED);
      long puts = 0;
      for (String sink : VIEW_SINKS) {
        puts += job.sum(sink, "numRecordsSend") - job.sum(sink, "numRecordsSendErrors");
      }
      return new JobCounts(OptionalLong.of(duplicates), OptionalLong.of(puts), job.restarts());
    }
  }
}
