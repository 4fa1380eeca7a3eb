package org.invoiceflow.loader.send;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.model.CsvOptions;

/**
 * What to send, and how.
 *
 * @param file CSV or JSON Lines, plain or gzip
 * @param url the API without {@code /v1}: http or https
 * @param inFlight requests at the same time, 1 to {@value #MAX_IN_FLIGHT}
 * @param batchLines most lines in a request, 1 to {@value #API_LINES}
 * @param tries how often a request is sent before the loader gives up, 1 to 100
 * @param csv how a CSV file is written, as far as it is known
 * @param rejects where refused lines are written; by default {@code FILE.rejects.csv} next to the
 *     file, or in the working directory if that folder may not be written
 */
public record SendOptions(
    Path file,
    URI url,
    int inFlight,
    int batchLines,
    int tries,
    CsvOptions csv,
    Optional<Path> rejects) {

  public static final int DEFAULT_IN_FLIGHT = 4;
  public static final int MAX_IN_FLIGHT = 64;

  /** Most lines that the API takes in one request. */
  public static final int API_LINES = 500;

  public static final int DEFAULT_TRIES = 10;

  /** Defaults for all but file and service. */
  public static SendOptions of(Path file, URI url) {
    return new SendOptions(
        file,
        url,
        DEFAULT_IN_FLIGHT,
        API_LINES,
        DEFAULT_TRIES,
        CsvOptions.detectAll(),
        Optional.empty());
  }

  public SendOptions withInFlight(int value) {
    return new SendOptions(file, url, value, batchLines, tries, csv, rejects);
  }

  public SendOptions withBatchLines(int value) {
    return new SendOptions(file, url, inFlight, value, tries, csv, rejects);
  }

  public SendOptions withTries(int value) {
    return new SendOptions(file, url, inFlight, batchLines, value, csv, rejects);
  }

  public SendOptions withCsv(CsvOptions value) {
    return new SendOptions(file, url, inFlight, batchLines, tries, value, rejects);
  }

  public SendOptions withRejects(Path value) {
    return new SendOptions(file, url, inFlight, batchLines, tries, csv, Optional.of(value));
  }

  /** Says in one sentence which option is out of its range. */
  void check() throws InputException {
    range("--in-flight", inFlight, MAX_IN_FLIGHT);
    range("--batch", batchLines, API_LINES);
    range("--tries", tries, 100);
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http") || scheme.equals("https");
    boolean address = url.getHost() != null && url.getPort() <= 65_535 && url.getPort() != 0;
    if (!http || !address || url.getQuery() != null || url.getFragment() != null) {
      throw new InputException(
          "The URL '" + url + "' is none of an API; it looks like https://example.org/path.");
    }
    if (url.getUserInfo() != null) {
      throw new InputException("The URL must not hold a user name or password.");
    }
  }

  /** The address that lines are posted to. */
  URI endpoint() {
    String base = url.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/invoice-lines");
  }

  private static void range(String option, int value, int max) throws InputException {
    if (value < 1 || value > max) {
      throw new InputException(option + " goes from 1 to " + max + ", but is " + value + ".");
    }
  }
}
