package org.invoiceflow.local.stores;

/**
 * What lies in the lake.
 *
 * @param raw every received record
 * @param rejected records or single lines that broke a rule, lines of a conflict included
 * @param duplicates duplicates that came from another file than the stored line
 * @param findings objects or records that cannot be read
 */
public record LakeCounts(Folder raw, Folder rejected, Folder duplicates, Findings findings) {

  public static final LakeCounts EMPTY =
      new LakeCounts(Folder.EMPTY, Folder.EMPTY, Folder.EMPTY, Findings.NONE);

  /**
   * One folder of the lake.
   *
   * @param files objects
   * @param bytes their size as stored, compressed
   * @param records lines of the files
   * @param lines invoice lines in the records: the elements of row JSON, one for a row of CSV, and
   *     one for a record that cannot be read
   */
  public record Folder(long files, long bytes, long records, long lines) {

    public static final Folder EMPTY = new Folder(0, 0, 0, 0);

    Folder plus(Folder other) {
      return new Folder(
          files + other.files, bytes + other.bytes, records + other.records, lines + other.lines);
    }
  }
}
