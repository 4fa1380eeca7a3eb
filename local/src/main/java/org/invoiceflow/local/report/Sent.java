package org.invoiceflow.local.report;

/**
 * What the sender knows.
 *
 * @param lines lines read from the file, counted once for each time that it was sent
 * @param accepted lines that the API took; in an import, all lines
 * @param rejectedByLoader lines that the loader itself refused to send
 * @param rejectedByApi lines that the API refused
 * @param retries requests that were repeated; their lines may have been stored twice
 */
public record Sent(
    long lines, long accepted, long rejectedByLoader, long rejectedByApi, long retries) {

  /** An import: nobody stands between the file and the job. */
  public static Sent imported(long lines) {
    return new Sent(lines, lines, 0, 0, 0);
  }
}
