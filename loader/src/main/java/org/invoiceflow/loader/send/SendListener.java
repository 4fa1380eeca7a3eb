package org.invoiceflow.loader.send;

import java.time.Duration;
import org.invoiceflow.loader.input.LineSource;

/** Hears how a run goes on. Called from several threads, possibly at once; must return quickly. */
public interface SendListener {

  /** Hears nothing. */
  SendListener NONE =
      new SendListener() {
        @Override
        public void progress(Progress progress) {}

        @Override
        public void waiting(String reason, int attempt, Duration delay) {}
      };

  /**
   * The run begins.
   *
   * @param name what the lines name as their file
   * @param lines how they are written
   */
  default void reading(String name, LineSource lines) {}

  /**
   * A request was answered.
   *
   * @param progress counts so far
   */
  void progress(Progress progress);

  /**
   * A request failed and will be sent again.
   *
   * @param reason why it failed
   * @param attempt how often it has been sent so far
   * @param delay until it is sent again
   */
  void waiting(String reason, int attempt, Duration delay);

  /**
   * Counts so far.
   *
   * @param bytesRead of the file on disk
   * @param bytesTotal size of the file on disk
   * @param linesRead rows read
   * @param accepted lines that the API took
   * @param rejected lines that the loader or the API refused
   * @param retries requests that repeated an earlier one
   */
  record Progress(
      long bytesRead,
      long bytesTotal,
      long linesRead,
      long accepted,
      long rejected,
      long retries) {}
}
