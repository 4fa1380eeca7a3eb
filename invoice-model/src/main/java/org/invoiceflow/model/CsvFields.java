package org.invoiceflow.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the fields of one row and gives their text. Reuses its buffers; one per thread. The rules
 * for quotes are those of {@link CsvSplitter}.
 */
final class CsvFields {

  /** What is wrong with a row's quotes. */
  enum Quotes {
    WELL_FORMED,
    NOT_CLOSED,
    TEXT_AFTER
  }

  private static final byte QUOTE = '"';

  private final byte separator;
  private final CharsetDecoder decoder;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] doubled;
  private byte[] bytes = new byte[0];
  private byte[] undoubled = new byte[256];
  private int count;
  private Quotes quotes = Quotes.WELL_FORMED;

  /**
   * @param kept number of columns whose text can be asked for; further ones are only counted
   */
  CsvFields(byte separator, Charset charset, int kept) {
    this.separator = separator;
    this.decoder = charset.newDecoder();
    this.starts = new int[kept];
    this.ends = new int[kept];
    this.doubled = new boolean[kept];
  }

  /** Finds all fields of the row, or the first ones up to {@code most}. */
  void split(byte[] row, int from, int to, int most) {
    bytes = row;
    count = 0;
    quotes = Quotes.WELL_FORMED;
    int at = from;
    while (count < most) {
      if (at < to && row[at] == QUOTE) {
        at = quoted(at + 1, to);
      } else {
        int start = at;
        while (at < to && row[at] != separator) {
          at++;
        }
        add(start, at, false);
      }
      if (quotes != Quotes.WELL_FORMED || at >= to) {
        return;
      }
      at++;
    }
  }

  private int quoted(int from, int to) {
    boolean hasDoubled = false;
    int at = from;
    while (at < to) {
      if (bytes[at] != QUOTE) {
        at++;
      } else if (at + 1 < to && bytes[at + 1] == QUOTE) {
        hasDoubled = true;
        at += 2;
      } else {
        add(from, at, hasDoubled);
        if (at + 1 < to && bytes[at + 1] != separator) {
          quotes = Quotes.TEXT_AFTER;
        }
        return at + 1;
      }
    }
    quotes = Quotes.NOT_CLOSED;
    return to;
  }

  private void add(int start, int end, boolean hasDoubled) {
    if (count < starts.length) {
      starts[count] = start;
      ends[count] = end;
      doubled[count] = hasDoubled;
    }
    count++;
  }

  /** Number of whole fields that were found. */
  int count() {
    return count;
  }

  Quotes quotes() {
    return quotes;
  }

  boolean isEmpty(int column) {
    return starts[column] == ends[column];
  }

  /** Whether the field's bytes in the file are these; doubled quotes are compared as they stand. */
  boolean hasBytes(int column, byte[] other, int length) {
    return Arrays.equals(bytes, starts[column], ends[column], other, 0, length);
  }

  /** Whether the field is longer than these two bytes and ends with them. */
  boolean endsWith(int column, char beforeLast, char last) {
    int end = ends[column];
    return end - starts[column] > 2 && bytes[end - 2] == beforeLast && bytes[end - 1] == last;
  }

  /** The field's bytes as they stand in the file, without outer quotes. */
  byte[] rawBytes(int column) {
    return Arrays.copyOfRange(bytes, starts[column], ends[column]);
  }

  /** The field's text, quotes resolved. */
  String text(int column) throws CharacterCodingException {
    if (!doubled[column]) {
      return decode(bytes, starts[column], ends[column]);
    }
    if (undoubled.length < ends[column] - starts[column]) {
      undoubled = new byte[ends[column] - starts[column]];
    }
    int length = 0;
    for (int i = starts[column]; i < ends[column]; i++) {
      undoubled[length++] = bytes[i];
      if (bytes[i] == QUOTE) {
        i++;
      }
    }
    return decode(undoubled, 0, length);
  }

  private String decode(byte[] from, int start, int end) throws CharacterCodingException {
    if (isAscii(from, start, end)) {
      // Latin-1 is a plain copy of the bytes.
      return new String(from, start, end - start, StandardCharsets.ISO_8859_1);
    }
    return decoder.decode(ByteBuffer.wrap(from, start, end - start)).toString();
  }

  static boolean isAscii(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
