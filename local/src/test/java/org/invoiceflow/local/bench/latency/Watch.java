package org.invoiceflow.local.bench.latency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Asks for invoices again and again until each shows all its lines. One thread watches. */
final class Watch {

  private static final long PAUSE_MILLIS = 50;

  /** What is not to be seen by then has been lost. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private record Awaited(Invoice invoice, long since) {}

  private final Api api;
  private final Queue<Awaited> arriving = new ConcurrentLinkedQueue<>();
  private final List<Double> seconds = new ArrayList<>();
  private final Thread thread = new Thread(this::watch, "watch");
  private volatile boolean ending;
  private volatile Optional<Exception> failure = Optional.empty();

  Watch(Api api) {
    this.api = api;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param since by {@link System#nanoTime}: when the invoice was to be sent
   */
  void await(Invoice invoice, long since) {
    arriving.add(new Awaited(invoice, since));
  }

  /** Returns the seconds of each awaited invoice, when all are to be seen. */
  List<Double> end() throws Exception {
    ending = true;
    thread.join();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return List.copyOf(seconds);
  }

  private void watch() {
    List<Awaited> awaited = new ArrayList<>();
    try {
      while (!ending || !awaited.isEmpty() || !arriving.isEmpty()) {
        for (Awaited next = arriving.poll(); next != null; next = arriving.poll()) {
          awaited.add(next);
        }
        look(awaited);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  private void look(List<Awaited> awaited) throws IOException, InterruptedException {
    for (Iterator<Awaited> all = awaited.iterator(); all.hasNext(); ) {
      Awaited one = all.next();
      int visible = api.visibleLines(one.invoice().number());
      long nanos = System.nanoTime() - one.since();
      if (visible == one.invoice().lines().size()) {
        seconds.add(nanos / 1e9);
        all.remove();
      } else if (nanos > PATIENCE_NANOS) {
        throw new IllegalStateException(
            visible + " lines of invoice " + one.invoice().number() + " are to be seen");
      }
    }
  }
}
