package org.invoiceflow.local.stores;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.invoiceflow.model.Decimals;
import org.invoiceflow.model.InvoiceLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The invoices view as it stands in DynamoDB: every invoice, checked against its own lines.
 * Immutable; keeps the summaries, not the lines.
 *
 * <p>Checked are: every line keeps the rules, stands once and in the part where it belongs; the
 * parts that exist are those that part {@code 0001} names; the stored summary is the one that
 * follows from the lines; no two customers on one invoice. What is wrong is in {@link #findings()}.
 */
public final class InvoicesView {

  private final NavigableMap<String, StoredInvoice> invoices;
  private final Findings findings;

  private InvoicesView(NavigableMap<String, StoredInvoice> invoices, Findings findings) {
    this.invoices = invoices;
    this.findings = findings;
  }

  /**
   * Reads the whole table, strongly consistent. Invoices that change meanwhile may be reported as
   * inconsistent.
   */
  public static InvoicesView read(DynamoDbClient client, String table) {
    return read(client, table, lines -> {});
  }

  /**
   * Reads the whole table and shows each invoice's lines on the way.
   *
   * @param eachInvoice gets the lines of one invoice in the order of LineNo; called from several
   *     threads
   */
  public static InvoicesView read(
      DynamoDbClient client, String table, Consumer<? super List<InvoiceLine>> eachInvoice) {
    Findings.Collector findings = new Findings.Collector();
    InvoiceAssembly assembly = new InvoiceAssembly(findings, eachInvoice);
    TableScan.of(
        client,
        table,
        TableScan.MANY_SEGMENTS,
        scan -> scan,
        item -> InvoiceItem.read(item, findings).ifPresent(assembly::add));
    NavigableMap<String, StoredInvoice> invoices = assembly.finish();
    return new InvoicesView(invoices, findings.findings());
  }

  /** Every invoice that has a line, sorted bytewise by number. */
  public Collection<StoredInvoice> invoices() {
    return Collections.unmodifiableCollection(invoices.values());
  }

  public Optional<StoredInvoice> invoice(String invoiceNo) {
    return Optional.ofNullable(invoices.get(invoiceNo));
  }

  /** Lines that were read, not what the summaries claim. */
  public long lines() {
    return lines(invoice -> true);
  }

  /** Exact sum over the lines that were read. */
  public BigDecimal total() {
    return total(invoice -> true);
  }

  /** Lines of invoices that name no customer. */
  public long guestLines() {
    return lines(InvoicesView::isGuest);
  }

  /** Exact sum over the lines of invoices that name no customer. */
  public BigDecimal guestTotal() {
    return total(InvoicesView::isGuest);
  }

  public Findings findings() {
    return findings;
  }

  private static boolean isGuest(StoredInvoice invoice) {
    return invoice.recomputed().customerId().isEmpty();
  }

  private long lines(Predicate<StoredInvoice> which) {
    return invoices.values().stream()
        .filter(which)
        .mapToLong(invoice -> invoice.recomputed().lineCount())
        .sum();
  }

  private BigDecimal total(Predicate<StoredInvoice> which) {
    return Decimals.canonical(
        invoices.values().stream()
            .filter(which)
            .map(invoice -> invoice.recomputed().total())
            .reduce(BigDecimal.ZERO, BigDecimal::add));
  }
}
