package org.invoiceflow.model;

/** One element of a row JSON text: where it stood and what became of it. Immutable. */
public final class JsonLine {

  private final int index;
  private final int offset;
  private final int length;
  private final LineResult result;

  JsonLine(int index, int offset, int length, LineResult result) {
    this.index = index;
    this.offset = offset;
    this.length = length;
    this.result = result;
  }

  /** Place in the array, from 0. */
  public int index() {
    return index;
  }

  /** First byte of the element in the text. */
  public int offset() {
    return offset;
  }

  /** Number of bytes of the element. */
  public int length() {
    return length;
  }

  public LineResult result() {
    return result;
  }
}
