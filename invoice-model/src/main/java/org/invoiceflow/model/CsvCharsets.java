package org.invoiceflow.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the charset of a CSV file from its rows: UTF-8, or else windows-1252. UTF-8 also stands
 * if most rows beyond ASCII are UTF-8: text in windows-1252 is UTF-8 only by rare accident, so the
 * others are damaged rows, which must not garble the sound ones.
 */
final class CsvCharsets {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private final @Nullable Charset given;
  private final CharsetDecoder decoder;
  private long decodable;
  private long undecodable;

  CsvCharsets(Optional<Charset> given) {
    this.given = given.orElse(null);
    this.decoder = given.orElse(StandardCharsets.UTF_8).newDecoder();
  }

  /**
   * Takes the row that the splitter stands on into account.
   *
   * @throws CsvException if it is not in the given charset
   */
  void look(CsvSplitter row) throws CsvException {
    if (CsvFields.isAscii(row.buffer(), row.start(), row.end())) {
      return;
    }
    try {
      decoder.decode(ByteBuffer.wrap(row.buffer(), row.start(), row.end() - row.start()));
      decodable++;
    } catch (CharacterCodingException e) {
      undecodable++;
      if (given != null) {
        throw new CsvException(
            "Line "
                + row.fileLine()
                + " holds bytes that are not "
                + given.name()
                + "; give another charset, or none and have it detected");
      }
    }
  }

  /** Rows beyond ASCII. */
  long looked() {
    return decodable + undecodable;
  }

  Charset decide() {
    if (given != null) {
      return given;
    }
    return undecodable > 0 && undecodable >= decodable ? WINDOWS_1252 : StandardCharsets.UTF_8;
  }
}
