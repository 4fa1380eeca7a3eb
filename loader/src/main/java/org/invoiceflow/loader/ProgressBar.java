package org.invoiceflow.loader;

import java.io.Closeable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.invoiceflow.loader.send.SendListener;

/** One line on a terminal, drawn again about once a second. Used from any thread. */
final class ProgressBar implements SendListener, Closeable {

  private static final long BETWEEN_DRAWINGS = Duration.ofSeconds(1).toNanos();
  private static final int WIDTH = 24;
  private static final int COLUMNS = 100;

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final long started;
  private long drawn;
  private int columnsUsed;
  private Progress last = new Progress(0, 0, 0, 0, 0, 0);

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  ProgressBar(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.drawn = started - BETWEEN_DRAWINGS;
  }

  @Override
  public synchronized void progress(Progress progress) {
    last = progress;
    drawIfDue("");
  }

  @Override
  public synchronized void waiting(String reason, int attempt, Duration delay) {
    drawIfDue(
        String.format(
            Locale.ROOT, "; try %d in %.1f s: %s", attempt + 1, delay.toMillis() / 1e3, reason));
  }

  /** Draws for the last time and ends the line. Further calls do nothing. */
  @Override
  public synchronized void close() {
    if (columnsUsed > 0) {
      draw("");
      err.println();
      err.flush();
      columnsUsed = 0;
    }
  }

  private void drawIfDue(String more) {
    long now = nanoTime.getAsLong();
    if (now - drawn >= BETWEEN_DRAWINGS) {
      drawn = now;
      draw(more);
    }
  }

  private void draw(String more) {
    double part = last.bytesTotal() == 0 ? 0 : (double) last.bytesRead() / last.bytesTotal();
    int filled = (int) (Math.min(1, part) * WIDTH);
    double seconds = Math.max(1e-3, (nanoTime.getAsLong() - started) / 1e9);
    long done = last.accepted() + last.rejected();
    String text =
        String.format(
            Locale.ROOT,
            "[%s%s] %3.0f %%  %,d lines  %,.0f/s  rejected %,d  retries %,d%s",
            "=".repeat(filled),
            " ".repeat(WIDTH - filled),
            100 * Math.min(1, part),
            done,
            done / seconds,
            last.rejected(),
            last.retries(),
            more);
    String cut = text.length() > COLUMNS ? text.substring(0, COLUMNS) : text;
    err.print("\r" + cut + " ".repeat(Math.max(0, columnsUsed - cut.length())));
    err.flush();
    columnsUsed = cut.length();
  }
}
