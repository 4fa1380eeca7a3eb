package org.invoiceflow.loader.send;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.invoiceflow.loader.auth.Authorization;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.model.CsvOptions;

/**
 * What to send, and how.
 *
 * @param file CSV or JSON Lines, plain or gzip; or {@link
 *     org.invoiceflow.loader.input.StandardInput#PATH}
 * @param url the API without {@code /v1}: http or https
 * @param authorization what the API lets requests in by
 * @param traffic how much is asked of the service
 * @param csv how CSV is written, as far as it is known
 * @param rejects where refused lines are written; by default {@code FILE.rejects.csv} next to the
 *     file, or in the working directory if that folder may not be written
 * @param progress where it is noted how far the run has come; nowhere if absent, and the run cannot
 *     be resumed then
 * @param resume whether to go on where the run left off that the progress file tells of; if there
 *     is none, the file is sent from its start
 */
public record SendOptions(
    Path file,
    URI url,
    Authorization authorization,
    Traffic traffic,
    CsvOptions csv,
    Optional<Path> rejects,
    Optional<Path> progress,
    boolean resume) {

  /** Defaults for all but file and service; no progress file. */
  public static SendOptions of(Path file, URI url) {
    return new SendOptions(
        file,
        url,
        Authorization.none(),
        Traffic.DEFAULT,
        CsvOptions.detectAll(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public SendOptions withAuthorization(Authorization value) {
    return new SendOptions(file, url, value, traffic, csv, rejects, progress, resume);
  }

  public SendOptions withTraffic(Traffic value) {
    return new SendOptions(file, url, authorization, value, csv, rejects, progress, resume);
  }

  public SendOptions withInFlight(int value) {
    return withTraffic(traffic.withInFlight(value));
  }

  public SendOptions withBatchLines(int value) {
    return withTraffic(traffic.withBatchLines(value));
  }

  public SendOptions withTries(int value) {
    return withTraffic(traffic.withTries(value));
  }

  public SendOptions withCsv(CsvOptions value) {
    return new SendOptions(file, url, authorization, traffic, value, rejects, progress, resume);
  }

  public SendOptions withRejects(Path value) {
    return new SendOptions(
        file, url, authorization, traffic, csv, Optional.of(value), progress, resume);
  }

  public SendOptions withProgress(Path value) {
    return new SendOptions(
        file, url, authorization, traffic, csv, rejects, Optional.of(value), resume);
  }

  /** Goes on where the run left off that the progress file tells of. */
  public SendOptions resuming() {
    return new SendOptions(file, url, authorization, traffic, csv, rejects, progress, true);
  }

  /** Says in one sentence what cannot be used. */
  void check() throws InputException {
    traffic.check();
    if (resume && progress.isEmpty()) {
      throw new InputException("There is no place for a progress file; name one with --progress.");
    }
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
}
