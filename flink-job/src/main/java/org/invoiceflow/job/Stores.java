package org.invoiceflow.job;

import java.util.Optional;
import org.apache.flink.api.common.io.OutputFormat;
import org.apache.flink.api.connector.sink2.Sink;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.views.InvoicePart;
import org.invoiceflow.job.views.StoredInvoices;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the graph writes to, and the one place that it reads back from. Immutable; a
 * store may be left out.
 */
public final class Stores {

  private final StoredInvoices storedInvoices;
  private final Sink<InvoicePart> invoicesView;
  private final Sink<InvoiceSummary> customersView;
  private final @Nullable Sink<ReceivedRecord> raw;
  private final @Nullable Sink<Rejection> rejected;
  private final @Nullable Sink<Rejection> repeated;
  private final @Nullable Sink<InvoiceLine> warehouse;
  private final @Nullable OutputFormat<InvoicePart> completion;

  private Stores(
      StoredInvoices storedInvoices,
      Sink<InvoicePart> invoicesView,
      Sink<InvoiceSummary> customersView,
      @Nullable Sink<ReceivedRecord> raw,
      @Nullable Sink<Rejection> rejected,
      @Nullable Sink<Rejection> repeated,
      @Nullable Sink<InvoiceLine> warehouse,
      @Nullable OutputFormat<InvoicePart> completion) {
    this.storedInvoices = storedInvoices;
    this.invoicesView = invoicesView;
    this.customersView = customersView;
    this.raw = raw;
    this.rejected = rejected;
    this.repeated = repeated;
    this.warehouse = warehouse;
    this.completion = completion;
  }

  /**
   * The views alone.
   *
   * @param storedInvoices reads what {@code invoicesView} has written
   */
  public static Stores views(
      StoredInvoices storedInvoices,
      Sink<InvoicePart> invoicesView,
      Sink<InvoiceSummary> customersView) {
    return new Stores(storedInvoices, invoicesView, customersView, null, null, null, null, null);
  }

  /** Also the lake. A replay, which reads the lake, leaves it out. */
  public Stores withLake(
      Sink<ReceivedRecord> raw, Sink<Rejection> rejected, Sink<Rejection> repeated) {
    return new Stores(
        storedInvoices,
        invoicesView,
        customersView,
        raw,
        rejected,
        repeated,
        warehouse,
        completion);
  }

  /** Also the warehouse. */
  public Stores withWarehouse(Sink<InvoiceLine> warehouse) {
    return new Stores(
        storedInvoices,
        invoicesView,
        customersView,
        raw,
        rejected,
        repeated,
        warehouse,
        completion);
  }

  /**
   * Also a record of the run's completion, for a bounded run.
   *
   * @param completion writes none of the items, but the record when all tasks have ended
   */
  public Stores withCompletion(OutputFormat<InvoicePart> completion) {
    return new Stores(
        storedInvoices,
        invoicesView,
        customersView,
        raw,
        rejected,
        repeated,
        warehouse,
        completion);
  }

  StoredInvoices storedInvoices() {
    return storedInvoices;
  }

  Sink<InvoicePart> invoicesView() {
    return invoicesView;
  }

  Sink<InvoiceSummary> customersView() {
    return customersView;
  }

  Optional<Sink<ReceivedRecord>> raw() {
    return Optional.ofNullable(raw);
  }

  Optional<Sink<Rejection>> rejected() {
    return Optional.ofNullable(rejected);
  }

  Optional<Sink<Rejection>> repeated() {
    return Optional.ofNullable(repeated);
  }

  Optional<Sink<InvoiceLine>> warehouse() {
    return Optional.ofNullable(warehouse);
  }

  Optional<OutputFormat<InvoicePart>> completion() {
    return Optional.ofNullable(completion);
  }
}
