package org.invoiceflow.loader.input;

/** Tells from the first bytes what follows. */
final class Formats {

  private static final int GZIP_MAGIC = 0x1f8b;

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
    int at = startsWithMark(start) ? 3 : 0;
    while (at < start.length && isBlank(start[at])) {
      at++;
    }
    if (at < start.length && start[at] == '[') {
      throw new InputException(
          what + " holds a JSON array; write one JSON object on each line instead.");
    }
    return at < start.length && start[at] == '{';
  }

  private static boolean startsWithMark(byte[] start) {
    return start.length >= 3
        && start[0] == (byte) 0xef
        && start[1] == (byte) 0xbb
        && start[2] == (byte) 0xbf;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
