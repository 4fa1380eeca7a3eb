package org.invoiceflow.loader;

import java.io.PrintWriter;
import java.time.Duration;
import org.invoiceflow.loader.input.LineSource;
import org.invoiceflow.loader.send.SendListener;

/** Says at the start how a file is read, and warns; the rest is another listener's. */
record ReadingNotes(PrintWriter err, boolean quiet, SendListener next) implements SendListener {

  private static final String COLUMNS = ";columns=.*";

  @Override
  public void reading(String name, LineSource lines) {
    if (!quiet) {
      String format = lines.format().replaceFirst(COLUMNS, "").replace(";", ", ");
      err.println("loader: " + name + " is read as " + format + ".");
    }
    lines.warning().ifPresent(warning -> warn(err, name, warning));
    err.flush();
  }

  static void warn(PrintWriter err, String name, String warning) {
    err.println("loader: " + name + ": " + warning + ".");
  }

  @Override
  public void progress(Progress progress) {
    next.progress(progress);
  }

  @Override
  public void waiting(String reason, int attempt, Duration delay) {
    next.waiting(reason, attempt, delay);
  }
}
