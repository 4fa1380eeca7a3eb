package org.invoiceflow.loader.send;

import java.util.OptionalInt;
import org.invoiceflow.loader.input.InputException;

/**
 * How much is asked of the service.
 *
 * @param inFlight requests at the same time, 1 to {@value #MAX_IN_FLIGHT}
 * @param batchLines most lines in a request, 1 to {@value #API_LINES}
 * @param tries how often a request is sent before the loader gives up, 1 to {@value #MAX_TRIES}
 * @param rate most lines per second, 1 to {@value #MAX_RATE}; repeated requests come on top
 */
public record Traffic(int inFlight, int batchLines, int tries, OptionalInt rate) {

  public static final int DEFAULT_IN_FLIGHT = 4;
  public static final int MAX_IN_FLIGHT = 64;

  /** Most lines that the API takes in one request. */
  public static final int API_LINES = 500;

  public static final int DEFAULT_TRIES = 10;
  private static final int MAX_TRIES = 100;
  private static final int MAX_RATE = 1_000_000;

  /** With a rate, a second's lines go out in at least so many requests, or one line in each. */
  private static final int REQUESTS_IN_A_SECOND = 5;

  /** As many full requests as the service takes. */
  public static final Traffic DEFAULT =
      new Traffic(DEFAULT_IN_FLIGHT, API_LINES, DEFAULT_TRIES, OptionalInt.empty());

  public Traffic withInFlight(int value) {
    return new Traffic(value, batchLines, tries, rate);
  }

  public Traffic withBatchLines(int value) {
    return new Traffic(inFlight, value, tries, rate);
  }

  public Traffic withTries(int value) {
    return new Traffic(inFlight, batchLines, value, rate);
  }

  public Traffic withRate(int value) {
    return new Traffic(inFlight, batchLines, tries, OptionalInt.of(value));
  }

  /** Most lines in a request, few enough to keep the rate smooth. */
  int linesOfRequest() {
    return rate.isEmpty()
        ? batchLines
        : Math.min(batchLines, Math.max(1, rate.getAsInt() / REQUESTS_IN_A_SECOND));
  }

  /** Says in one sentence which option is out of its range. */
  void check() throws InputException {
    range("--in-flight", inFlight, MAX_IN_FLIGHT);
    range("--batch", batchLines, API_LINES);
    range("--tries", tries, MAX_TRIES);
    range("--rate", rate.orElse(1), MAX_RATE);
  }

  private static void range(String option, int value, int max) throws InputException {
    if (value < 1 || value > max) {
      throw new InputException(option + " goes from 1 to " + max + ", but is " + value + ".");
    }
  }
}
