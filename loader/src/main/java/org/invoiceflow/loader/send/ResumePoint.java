package org.invoiceflow.loader.send;

/**
 * How far a run has come, and of what: enough to go on, and to see that it is the same run.
 *
 * @param name what the lines name as their file
 * @param content see {@link Content#mark()}
 * @param format how the lines are written; it decides how they are read and numbered
 * @param url where the lines go
 * @param counts what became of the lines up to the first that is not accounted for; what later
 *     requests came to is not in it
 * @param rejects the rejects file as it was then
 */
record ResumePoint(
    String name, String content, String format, String url, Counts counts, Rejects rejects) {

  /**
   * @param path of the CSV file, as an absolute path
   * @param rows the CSV file
   * @param drafts the drafts
   */
  record Rejects(String path, Written rows, Written drafts) {}

  /**
   * A file as far as it was written; what follows came later.
   *
   * @param bytes its length
   * @param sha256 of these bytes; "" if there are none
   */
  record Written(long bytes, String sha256) {
    static final Written NOTHING = new Written(0, "");
  }
}
