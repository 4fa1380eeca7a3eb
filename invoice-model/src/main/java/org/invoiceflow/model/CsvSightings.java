package org.invoiceflow.model;

/** How many rows of one kind there are in a file, and the first of them. */
final class CsvSightings {

  private long rows;
  private String first = "";
  private long firstLine;

  boolean isEmpty() {
    return rows == 0;
  }

  /** What the first row says. */
  void first(String text, long fileLine) {
    first = Excerpt.of(text);
    firstLine = fileLine;
  }

  void add() {
    rows++;
  }

  long rows() {
    return rows;
  }

  /** As a message shows it. */
  String first() {
    return first;
  }

  long firstLine() {
    return firstLine;
  }

  @Override
  public String toString() {
    return "line " + firstLine + " has '" + first + "'";
  }
}
