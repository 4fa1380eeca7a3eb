package org.invoiceflow.model;

/**
 * Untrusted text as a message shows it: short, and without characters that a log, a terminal or a
 * JSON writer trips over (controls, halves of surrogate pairs).
 */
final class Excerpt {

  private static final int MAX_VALUE = 40;
  private static final int MAX_SENTENCE = 200;
  private static final char REPLACEMENT = '\uFFFD';
  private static final String CUT = "...";

  private Excerpt() {}

  /** A field's value or name. */
  static String of(String value) {
    return cut(value, MAX_VALUE);
  }

  /** A header, or another program's message about the text. */
  static String ofSentence(String text) {
    return cut(text, MAX_SENTENCE);
  }

  private static String cut(String text, int max) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), max) + CUT.length());
    int at = 0;
    while (at < text.length() && at < max) {
      int c = text.codePointAt(at);
      boolean unfit =
          Character.isISOControl(c)
              || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
      shown.appendCodePoint(unfit ? REPLACEMENT : c);
      at += Character.charCount(c);
    }
    return at < text.length() ? shown.append(CUT).toString() : shown.toString();
  }
}
