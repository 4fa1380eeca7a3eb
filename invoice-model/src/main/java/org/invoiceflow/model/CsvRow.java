package org.invoiceflow.model;

/** One row of a CSV file, unparsed. Immutable; the bytes are not copied and nobody changes them. */
public final class CsvRow {

  private final long fileLine;
  private final int lineNo;
  private final byte[] bytes;

  CsvRow(long fileLine, int lineNo, byte[] bytes) {
    this.fileLine = fileLine;
    this.lineNo = lineNo;
    this.bytes = bytes;
  }

  /** Line of the file on which the row begins; the file's first line is 1. */
  public long fileLine() {
    return fileLine;
  }

  /**
   * Place of the row among the rows of its invoice, from 1; 0 if the file has a LineNo column, or
   * if the row is so broken that its invoice cannot be seen, or a piece of an overlong line.
   */
  public int lineNo() {
    return lineNo;
  }

  /** The row as it stands in the file, quotes and all, without its line end. */
  public byte[] bytes() {
    return bytes;
  }
}
