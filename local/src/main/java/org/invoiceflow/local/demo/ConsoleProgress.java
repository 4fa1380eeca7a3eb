package org.invoiceflow.local.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.invoiceflow.loader.send.SendListener;

/** Says now and then how far the loader is. Called by several threads. */
final class ConsoleProgress implements SendListener {

  private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintWriter err;
  private long last = System.nanoTime();

  ConsoleProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public synchronized void progress(Progress progress) {
    if (System.nanoTime() - last > PAUSE_NANOS) {
      last = System.nanoTime();
      err.printf(
          Locale.ROOT, "sent %,d lines, accepted %,d%n", progress.linesRead(), progress.accepted());
    }
  }

  @Override
  public synchronized void waiting(String reason, int attempt, Duration delay) {
    err.printf(
        Locale.ROOT, "try %d failed (%s), again in %d ms%n", attempt, reason, delay.toMillis());
  }
}
