package org.invoiceflow.loader.send;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.invoiceflow.loader.input.SourceLine;

/**
 * Consecutive lines of a file: those that go into one request, and those among them that the loader
 * refuses.
 *
 * @param entries in file order, at least one
 */
record Batch(List<Entry> entries) {

  /**
   * @param line as read
   * @param json the line's row JSON in UTF-8; empty if the loader refuses it
   */
  record Entry(SourceLine line, Utf8Json json) {
    boolean refused() {
      return json.length() == 0;
    }
  }

  Batch {
    entries = List.copyOf(entries);
  }

  int linesToSend() {
    return (int) entries.stream().filter(e -> !e.refused()).count();
  }

  /** The request's body: a JSON array of the lines to send, in file order. */
  byte[] body() {
    ByteArrayOutputStream body = new ByteArrayOutputStream(entries.size() * 256);
    char separator = '[';
    for (Entry entry : entries) {
      if (!entry.refused()) {
        body.write(separator);
        entry.json().appendTo(body);
        separator = ',';
      }
    }
    body.write(']');
    return body.toByteArray();
  }

  /** Where the batch stands in the file, for people. */
  String place() {
    long first = entries.get(0).line().fileLine();
    long last = entries.get(entries.size() - 1).line().fileLine();
    return first == last ? "line " + first : "lines " + first + " to " + last;
  }
}
