package org.invoiceflow.query;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Fields as one text that clients hand back unread: base64url of a checksum and the fields. The
 * checksum tells what was cut off or altered; it keeps no secret and stops nobody from making a
 * text up, so whatever a text names must be harmless to name.
 */
final class OpaqueText {

  /** Far more than the longest real one. */
  private static final int MAX_LENGTH = 1_000;

  private static final String SEPARATOR = "\0";

  private OpaqueText() {}

  /**
   * @param fields without NUL
   */
  static String seal(List<String> fields) {
    byte[] content = String.join(SEPARATOR, fields).getBytes(StandardCharsets.UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    byte[] sealed =
        ByteBuffer.allocate(Integer.BYTES + content.length)
            .putInt((int) checksum.getValue())
            .put(content)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** The fields, if the text is, letter for letter, what {@link #seal} makes of so many. */
  static Optional<List<String>> open(String text, int fields) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(text);
      int from = Math.min(Integer.BYTES, sealed.length);
      String content = new String(sealed, from, sealed.length - from, StandardCharsets.UTF_8);
      List<String> read = Arrays.asList(content.split(SEPARATOR, -1));
      return read.size() == fields && seal(read).equals(text)
          ? Optional.of(read)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
