package org.invoiceflow.loader.send;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the lines of a file.
 *
 * <p>After a whole run {@code linesRead = accepted + rejectedByLoader + rejectedByApi}; after a run
 * that gave up, lines whose answer never came are in none of the three.
 *
 * @param linesRead rows of the file, the header not counted
 * @param answeredBefore of these, rows that earlier parts of a resumed run have accounted for; they
 *     are in the counts that follow, but not in requests, retries and seconds
 * @param accepted lines that the API took
 * @param rejectedByLoader lines that broke a rule and were not sent
 * @param rejectedByApi lines that the API refused
 * @param requests requests sent, retries included
 * @param retries requests that repeated an earlier one
 * @param seconds from opening the file to the last answer
 * @param rejectedByRule how many lines broke each rule; a line that broke two counts for both
 * @param rejectsFile the file with the refused lines and the reasons, if there were any
 * @param draftsFile the same lines as JSON Lines, with their LineNo, to be mended and sent
 */
public record SendResult(
    long linesRead,
    long answeredBefore,
    long accepted,
    long rejectedByLoader,
    long rejectedByApi,
    long requests,
    long retries,
    double seconds,
    Map<String, Long> rejectedByRule,
    Optional<Path> rejectsFile,
    Optional<Path> draftsFile) {

  public SendResult {
    rejectedByRule = Map.copyOf(rejectedByRule);
  }

  public long rejected() {
    return rejectedByLoader + rejectedByApi;
  }
}
