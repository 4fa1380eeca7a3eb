package org.invoiceflow.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding of path segments (RFC 3986). Unlike in forms, {@code +} is itself, which is why
 * {@link java.net.URLDecoder} is of no use here.
 */
final class PercentCoding {

  private PercentCoding() {}

  /**
   * The decoded text. Text that is not percent-encoded UTF-8, such as {@code 50%}, stands for
   * itself: gateways differ in what they have decoded already.
   */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int from = 0;
    while (from < text.length()) {
      int percent = text.indexOf('%', from);
      int to = percent < 0 ? text.length() : percent;
      bytes.writeBytes(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
      from = to;
      if (percent >= 0) {
        int high = percent + 2 < text.length() ? hex(text.charAt(percent + 1)) : -1;
        int low = percent + 2 < text.length() ? hex(text.charAt(percent + 2)) : -1;
        if (high < 0 || low < 0) {
          return text;
        }
        bytes.write(high * 16 + low);
        from = percent + 3;
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return text;
    }
  }

  /** Value of an ASCII hexadecimal digit, or -1. */
  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
