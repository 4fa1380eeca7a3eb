package org.invoiceflow.loader.input;

import java.util.Arrays;

/** Tells from the first bytes what follows. */
final class Formats {

  private static final int GZIP_MAGIC = 0x1f8b;

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private Formats() {}

  static boolean isGzip(byte[] start) {
    return start.length >= 2 && ((start[0] & 0xff) << 8 | (start[1] & 0xff)) == GZIP_MAGIC;
  }

  /**
   * Whether it is JSON Lines; it is CSV if not.
   *
   * @param start unpacked
   * @param what for people: where the bytes come from
   * @throws InputException if it is a JSON array
   */
  static boolean isJsonLines(byte[] start, String what) throws InputException {
    int at = firstOf(start);
    if (at < start.length && start[at] == '[') {
      throw new InputException(
          what + " holds a JSON array; write one JSON object on each line instead.");
    }
    return at < start.length && start[at] == '{';
  }

  /** Whether these bytes, and any more like them, say nothing yet. */
  static boolean isEmpty(byte[] start) {
    boolean partOfMark = start.length < MARK.length && isMark(start, start.length);
    return partOfMark || firstOf(start) == start.length;
  }

  /** Where it begins, behind a byte order mark and what is blank. */
  private static int firstOf(byte[] start) {
    int at = start.length >= MARK.length && isMark(start, MARK.length) ? MARK.length : 0;
    while (at < start.length && isBlank(start[at])) {
      at++;
    }
    return at;
  }

  private static boolean isMark(byte[] start, int length) {
    return Arrays.equals(start, 0, length, MARK, 0, length);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
