package org.invoiceflow.job.testing;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Sink;
import org.invoiceflow.job.Stores;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.views.InvoicePart;
import org.invoiceflow.job.views.StoredInvoices;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;

/**
 * Every store of the graph in the memory of the test. Sinks travel to their tasks as bytes, so they
 * find their store again by its number.
 */
public final class MemoryStores {

  private static final Map<Integer, MemoryStores> ALL = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final int id = NEXT.incrementAndGet();
  private final Map<String, InvoicePart> parts = new ConcurrentSkipListMap<>();
  private final Map<String, InvoiceSummary> customerRows = new ConcurrentSkipListMap<>();
  private final Map<String, InvoiceLine> warehouse = new ConcurrentSkipListMap<>();
  private final List<ReceivedRecord> raw = new CopyOnWriteArrayList<>();
  private final List<Rejection> rejected = new CopyOnWriteArrayList<>();
  private final List<Rejection> repeated = new CopyOnWriteArrayList<>();
  private final AtomicInteger partWrites = new AtomicInteger();
  private final AtomicInteger failAtWrite = new AtomicInteger(-1);
  private final AtomicBoolean failed = new AtomicBoolean();

  public MemoryStores() {
    ALL.put(id, this);
  }

  static MemoryStores get(int id) {
    return ALL.get(id);
  }

  /** The stores as the graph takes them. */
  public Stores all() {
    return withoutLake()
        .withLake(
            sink((stores, record) -> stores.raw.add(record)),
            sink((stores, rejection) -> stores.rejected.add(rejection)),
            sink((stores, rejection) -> stores.repeated.add(rejection)));
  }

  /** What a replay takes. */
  public Stores withoutLake() {
    return views()
        .withWarehouse(sink((stores, line) -> stores.warehouse.putIfAbsent(keyOf(line), line)));
  }

  /** The views alone. */
  public Stores views() {
    return Stores.views(
        new Stored(id),
        sink(MemoryStores::putPart),
        sink(
            (stores, row) ->
                stores.customerRows.put(
                    row.customerId().orElseThrow() + "/" + row.invoiceNo(), row)));
  }

  /** Lets the sink of the invoices view fail, once, when it has written so many items. */
  public void failOnceAtWrite(int count) {
    failAtWrite.set(count);
  }

  public boolean hasFailed() {
    return failed.get();
  }

  /** Items by invoice and part. */
  public Map<String, InvoicePart> parts() {
    return new TreeMap<>(parts);
  }

  /** Rows by customer and invoice. */
  public Map<String, InvoiceSummary> customerRows() {
    return new TreeMap<>(customerRows);
  }

  /** Lines by invoice and LineNo. */
  public Map<String, InvoiceLine> warehouse() {
    return new TreeMap<>(warehouse);
  }

  public List<ReceivedRecord> raw() {
    return List.copyOf(raw);
  }

  public List<Rejection> rejected() {
    return List.copyOf(rejected);
  }

  public List<Rejection> repeated() {
    return List.copyOf(repeated);
  }

  /** Items of the invoices view that were written, those written again included. */
  public int partWrites() {
    return partWrites.get();
  }

  /** What the stores hold when just these lines have been sent, computed without the graph. */
  public static MemoryStores holding(Collection<InvoiceLine> lines) {
    MemoryStores truth = new MemoryStores();
    Map<String, Map<Integer, InvoiceLine>> invoices = new TreeMap<>();
    for (InvoiceLine line : lines) {
      truth.warehouse.put(keyOf(line), line);
      invoices.computeIfAbsent(line.invoiceNo(), no -> new TreeMap<>()).put(line.lineNo(), line);
    }
    invoices.forEach((no, byLineNo) -> truth.hold(no, List.copyOf(byLineNo.values())));
    return truth;
  }

  private void hold(String invoiceNo, List<InvoiceLine> lines) {
    InvoiceSummary summary = InvoiceSummary.of(lines);
    summary.customerId().ifPresent(id -> customerRows.put(id + "/" + invoiceNo, summary));
    Map<Integer, List<InvoiceLine>> byPart =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    line -> (line.lineNo() + 99) / 100, TreeMap::new, Collectors.toList()));
    byPart.putIfAbsent(1, List.of());
    byPart.forEach(
        (part, its) ->
            parts.put(
                invoiceNo + "/" + part,
                part == 1
                    ? InvoicePart.first(summary, its, List.copyOf(byPart.keySet()))
                    : InvoicePart.later(invoiceNo, part, its)));
  }

  private void putPart(InvoicePart part) {
    if (partWrites.incrementAndGet() == failAtWrite.get() && failed.compareAndSet(false, true)) {
      throw new IllegalStateException("the test lets this write fail");
    }
    parts.put(part.invoiceNo() + "/" + part.part(), part);
  }

  private static String keyOf(InvoiceLine line) {
    return line.invoiceNo() + "/" + line.lineNo();
  }

  private <T> Sink<T> sink(MemorySink.Write<T> write) {
    return new MemorySink<>(id, write);
  }

  private static final class Stored implements StoredInvoices, Serializable {
    private static final long serialVersionUID = 1L;

    private final int id;

    Stored(int id) {
      this.id = id;
    }

    @Override
    public Reader open() {
      return new Reader() {
        @Override
        public CompletableFuture<List<InvoicePart>> read(
            String invoiceNo, Set<Integer> likelyParts) {
          return CompletableFuture.supplyAsync(() -> partsOf(invoiceNo));
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }

    private List<InvoicePart> partsOf(String invoiceNo) {
      List<InvoicePart> found = new ArrayList<>();
      for (InvoicePart part : get(id).parts.values()) {
        if (part.invoiceNo().equals(invoiceNo)) {
          found.add(part);
        }
      }
      return found;
    }
  }
}
