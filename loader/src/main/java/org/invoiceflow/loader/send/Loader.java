package org.invoiceflow.loader.send;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.loader.input.LineSource;

/**
 * Sends the lines of a file to the API. Every line is accepted by the API, written to the rejects
 * file, or named by the exception. Sending a file again is safe: a line's identity is its invoice
 * and its number in it.
 */
public final class Loader {

  private final RetryingClient.Sleeper sleeper;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final InputStream standardInput;

  Loader(
      RetryingClient.Sleeper sleeper,
      Clock clock,
      LongSupplier nanoTime,
      RandomGenerator random,
      InputStream standardInput) {
    this.sleeper = sleeper;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.random = random;
    this.standardInput = standardInput;
  }

  /** A loader that waits in real time. */
  public static Loader create() {
    // Sending threads share the generator, so it asks for the thread's own each time.
    return new Loader(
        delay -> Thread.sleep(delay.toMillis()),
        Clock.systemUTC(),
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextLong(),
        System.in);
  }

  /**
   * Sends a file and returns when every line is accounted for. The progress file is gone then; it
   * stays if the run ends in any other way.
   *
   * @throws InputException if the file or an option cannot be used
   * @throws GaveUpException if the service cannot be reached, or refuses to work
   * @throws OutputException if the rejects file or the progress file cannot be written
   * @throws BrokenOffException if that, or reading the file, fails after the run has begun
   */
  public SendResult send(SendOptions options, SendListener listener)
      throws IOException, InterruptedException {
    options.check();
    InvoiceInput input = InvoiceInput.at(options.file(), standardInput);
    Path rejects = options.rejects().orElseGet(() -> OutputFiles.rejectsOf(options.file()));
    OutputFiles.requireApart(input, rejects, options.progress());
    RetryingClient client =
        new RetryingClient(
            new ApiClient(
                options.endpoint(), options.authorization(), clock, ApiClient.ANSWER_TIMEOUT),
            new Backoff(random),
            nanoTime,
            sleeper,
            options.traffic().tries(),
            listener);
    Pace pace = new Pace(options.traffic().rate(), nanoTime, sleeper);
    long started = System.nanoTime();
    try (LineSource lines = input.lines(options.csv());
        RunProgress progress = RunProgress.begin(options, input, lines, rejects);
        RejectsFile rejectsFile = progress.openRejects(rejects)) {
      listener.reading(input.name(), lines);
      return new Sending(
              options.traffic(), input, client, pace, rejectsFile, progress, listener, started)
          .run(lines);
    }
  }
}
