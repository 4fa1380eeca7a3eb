package org.invoiceflow.model;

import java.util.List;
import java.util.Optional;

/** The characters between columns, and their names in a dialect's text form. */
final class Separators {

  /** What detection tries, the most usual first. */
  static final List<Character> CANDIDATES = List.of(',', ';', '\t', '|');

  private static final List<String> NAMES = List.of("comma", "semicolon", "tab", "pipe");
  private static final String HEX_PREFIX = "0x";

  private Separators() {}

  /** A word, or the hexadecimal code for a separator that only a user can choose. */
  static String name(char separator) {
    int known = CANDIDATES.indexOf(separator);
    return known >= 0 ? NAMES.get(known) : HEX_PREFIX + Integer.toHexString(separator);
  }

  static Optional<Character> named(String name) {
    int known = NAMES.indexOf(name);
    if (known >= 0) {
      return Optional.of(CANDIDATES.get(known));
    }
    if (!name.matches(HEX_PREFIX + "[0-9a-f]{2}")) {
      return Optional.empty();
    }
    int code = Integer.parseInt(name.substring(HEX_PREFIX.length()), 16);
    return isUsable((char) code) ? Optional.of((char) code) : Optional.empty();
  }

  /** Whether the character can separate columns: ASCII punctuation but the quote, or a tab. */
  static boolean isUsable(char separator) {
    if (separator == '\t') {
      return true;
    }
    boolean punctuation =
        separator > ' ' && separator <= '~' && !Character.isLetterOrDigit(separator);
    return punctuation && separator != '"' && separator != '_';
  }
}
