package org.invoiceflow.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Request;

/**
 * The bytes of a request's body, or the answer that refuses it. The body may be text or base64, and
 * compressed by gzip; no more than one byte above the limit is ever unpacked.
 */
sealed interface RequestBody {

  /** Most bytes of an unpacked body. */
  int MAX_BYTES = 1_048_576;

  /** The bytes, unpacked and within the limit. No record, since it holds an array. */
  final class Unpacked implements RequestBody {
    private final byte[] bytes;

    private Unpacked(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Not to be changed. */
    byte[] bytes() {
      return bytes;
    }
  }

  record Refused(Answer answer) implements RequestBody {}

  static RequestBody of(Request request) {
    byte[] sent;
    try {
      sent = request.isBase64() ? fromBase64(request.body()) : utf8(request.body());
    } catch (IllegalArgumentException e) {
      return unreadable("The body is marked as base64, but is not base64");
    } catch (CharacterCodingException e) {
      return unreadable("The body holds half of a surrogate pair, which UTF-8 cannot express");
    }
    String encoding = request.header("content-encoding").orElse("").trim().toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "identity" -> limited(sent);
      case "gzip" -> unpacked(sent);
      default ->
          unreadable(
              "The content-encoding is not known; send the body plain or compressed by gzip");
    };
  }

  private static byte[] fromBase64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static byte[] utf8(String text) throws CharacterCodingException {
    ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static RequestBody unpacked(byte[] sent) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      return limited(in.readNBytes(MAX_BYTES + 1));
    } catch (IOException e) {
      return unreadable("The content-encoding is gzip, but the body cannot be unpacked as gzip");
    }
  }

  private static RequestBody limited(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new Refused(
          Answer.error(
              413,
              "body_too_large",
              "The body has more than 1 MB (1,048,576 bytes, unpacked); send fewer lines at once"));
    }
    return new Unpacked(bytes);
  }

  private static RequestBody unreadable(String message) {
    return new Refused(Answer.error(400, "unreadable_body", message));
  }
}
