package org.invoiceflow.job.testing;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes into {@link MemoryStores}, at least once. Holds a few elements back, as a sink does that
 * sends in batches, so that what is read back can be older than what is on its way.
 */
final class MemorySink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;

  private static final int BATCH = 7;

  /** What a sink does with an element. */
  interface Write<T> extends Serializable {
    void write(MemoryStores stores, T element);
  }

  private final int storesId;
  private final Write<T> write;

  MemorySink(int storesId, Write<T> write) {
    this.storesId = storesId;
    this.write = write;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(MemoryStores.get(storesId), write);
  }

  @Override
  @SuppressWarnings("deprecation")
  public SinkWriter<T> createWriter(InitContext context) {
    return new Writer<>(MemoryStores.get(storesId), write);
  }

  private static final class Writer<T> implements SinkWriter<T> {
    private final MemoryStores stores;
    private final Write<T> write;
    private final List<T> waiting = new ArrayList<>();

    Writer(MemoryStores stores, Write<T> write) {
      this.stores = stores;
      this.write = write;
    }

    @Override
    public void write(T element, Context context) {
      waiting.add(element);
      if (waiting.size() >= BATCH) {
        flush(false);
      }
    }

    @Override
    public void flush(boolean endOfInput) {
      waiting.forEach(element -> write.write(stores, element));
      waiting.clear();
    }

    @Override
    public void close() {
      waiting.clear();
    }
  }
}
