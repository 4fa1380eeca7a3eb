package org.invoiceflow.local.bench.latency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends whole invoices at a steady rate, whether or not the earlier ones are answered, and watches
 * some of them arrive. Times count from when an invoice was due, so that a sender that falls behind
 * does not look fast.
 */
final class Traffic {

  private static final int SENDERS = 16;

  /** Asking for all of them would be a load of its own. */
  private static final int WATCHED = 12;

  /**
   * @param posts seconds until a POST was answered
   * @param visible seconds until the GET showed an invoice whole
   * @param linesPerSecond that were answered in the measured time
   */
  record Seconds(List<Double> posts, List<Double> visible, double linesPerSecond) {}

  private final Api api;
  private final Iterator<Invoice> invoices;
  private final double linesPerSecond;

  Traffic(Api api, Iterator<Invoice> invoices, double linesPerSecond) {
    this.api = api;
    this.invoices = invoices;
    this.linesPerSecond = linesPerSecond;
  }

  Seconds run(Duration warmUp, Duration measured) throws Exception {
    Watch watch = new Watch(api);
    watch.start();
    List<Double> posts = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> sending = new ArrayList<>();
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try {
      long start = System.nanoTime();
      long lines = 0;
      long measuredLines = 0;
      for (int number = 0; ; number++) {
        long due = (long) (lines / linesPerSecond * 1e9);
        if (due > warmUp.plus(measured).toNanos()) {
          break;
        }
        Invoice invoice = invoices.next();
        boolean counts = due > warmUp.toNanos();
        boolean watched = counts && number % WATCHED == 0;
        TimeUnit.NANOSECONDS.sleep(start + due - System.nanoTime());
        sending.add(
            senders.submit(() -> send(invoice, start + due, counts, watched, posts, watch)));
        lines += invoice.lines().size();
        measuredLines += counts ? invoice.lines().size() : 0;
      }
      for (Future<?> each : sending) {
        each.get();
      }
      double seconds = (System.nanoTime() - start) / 1e9 - warmUp.toSeconds();
      return new Seconds(List.copyOf(posts), watch.end(), measuredLines / seconds);
    } finally {
      senders.shutdownNow();
    }
  }

  private Void send(
      Invoice invoice, long due, boolean counts, boolean watched, List<Double> posts, Watch watch)
      throws Exception {
    api.post(invoice.lines());
    if (counts) {
      posts.add((System.nanoTime() - due) / 1e9);
    }
    if (watched) {
      watch.await(invoice, due);
    }
    return null;
  }
}
