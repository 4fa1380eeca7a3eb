package org.invoiceflow.model;

/** Byte lengths of text in UTF-8, bare and within JSON, without encoding it. */
final class Utf8 {

  /** Answer of {@link #lengthOf} for text with a NUL or a lone surrogate. */
  static final int NOT_STORABLE = -1;

  private Utf8() {}

  /** Number of bytes in UTF-8, or {@link #NOT_STORABLE}. */
  static int lengthOf(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return NOT_STORABLE;
      } else if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return NOT_STORABLE;
        }
        bytes += 4;
        i++;
      }
    }
    return bytes;
  }

  /**
   * Number of bytes in UTF-8 within a JSON string, where quotes, backslashes and white space take
   * two and other control characters six.
   *
   * @param text storable
   */
  static int escapedLengthOf(String text) {
    int bytes = lengthOf(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        bytes++;
      } else if (c < ' ') {
        bytes += c == '\b' || c == '\t' || c == '\n' || c == '\f' || c == '\r' ? 1 : 5;
      }
    }
    return bytes;
  }
}
