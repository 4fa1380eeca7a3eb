package org.invoiceflow.local.bench.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.invoiceflow.job.Stores;
import org.invoiceflow.job.views.InvoicePart;
import org.invoiceflow.job.views.StoredInvoices;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;

/**
 * Both views in the memory of this process, of which there is one: sinks reach their tasks as bytes
 * and find it again. Each put makes the item's text, as the real sinks do, and keeps only the
 * newest item.
 */
final class MemoryViews {

  private static final Map<String, Map<Integer, InvoicePart>> PARTS = new ConcurrentHashMap<>();
  private static final LongAdder PUTS = new LongAdder();
  private static final LongAdder BYTES = new LongAdder();

  private MemoryViews() {}

  static void clear() {
    PARTS.clear();
    PUTS.reset();
    BYTES.reset();
  }

  static Stores stores() {
    return Stores.views(new Stored(), new Puts<>(MemoryViews::put), new Puts<>(MemoryViews::put));
  }

  static Sink<InvoicePart> invoices() {
    return new Puts<>(MemoryViews::put);
  }

  static Sink<InvoiceSummary> customers() {
    return new Puts<>(MemoryViews::put);
  }

  /** Items put into both views. */
  static long puts() {
    return PUTS.sum();
  }

  /** Characters of all items' lines that were put. */
  static long bytes() {
    return BYTES.sum();
  }

  /** Lines that the invoices view holds. */
  static long lines() {
    return PARTS.values().stream()
        .flatMap(parts -> parts.values().stream())
        .mapToLong(part -> part.lines().size())
        .sum();
  }

  private static void put(InvoicePart part) {
    PUTS.increment();
    BYTES.add(LineJson.toJsonArray(part.lines()).length());
    PARTS
        .computeIfAbsent(part.invoiceNo(), any -> new ConcurrentHashMap<>())
        .put(part.part(), part);
  }

  private static void put(InvoiceSummary row) {
    PUTS.increment();
    BYTES.add(row.total().toPlainString().length());
  }

  /** What a put does. */
  private interface Put<T> extends java.io.Serializable {
    void put(T item);
  }

  private static final class Stored implements StoredInvoices {
    private static final long serialVersionUID = 1L;

    @Override
    public Reader open() {
      return new Reader() {
        @Override
        public CompletableFuture<List<InvoicePart>> read(
            String invoiceNo, Set<Integer> likelyParts) {
          Map<Integer, InvoicePart> parts = PARTS.getOrDefault(invoiceNo, Map.of());
          return CompletableFuture.completedFuture(List.copyOf(parts.values()));
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }
  }

  private static final class Puts<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final Put<T> put;

    Puts(Put<T> put) {
      this.put = put;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      return new Writer<>(put);
    }

    @Override
    @SuppressWarnings("deprecation") // Flink still asks for it.
    public SinkWriter<T> createWriter(InitContext context) {
      return new Writer<>(put);
    }
  }

  private record Writer<T>(Put<T> put) implements SinkWriter<T> {
    @Override
    public void write(T item, Context context) {
      put.put(item);
    }

    @Override
    public void flush(boolean endOfInput) {
      // Nothing waits.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  /** Puts whole invoices, as {@link PlainLoop} holds them. */
  static void putWhole(List<InvoiceLine> lines) {
    InvoiceSummary summary = InvoiceSummary.of(lines);
    put(InvoicePart.first(summary, lines, List.of(1)));
    if (summary.customerId().isPresent()) {
      put(summary);
    }
  }
}
