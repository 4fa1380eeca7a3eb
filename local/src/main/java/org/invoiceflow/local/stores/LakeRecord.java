package org.invoiceflow.local.stores;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.invoiceflow.model.LineJson;
import org.jspecify.annotations.Nullable;

/**
 * Counts the invoice lines in a record of the lake; reads no more of the record than that needs.
 */
final class LakeRecord {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // The payload is a whole received record, however long.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private static final String ROW_JSON = "json";

  private LakeRecord() {}

  /**
   * Number of invoice lines, at least 1: a record without a readable line is one line that was
   * rejected.
   *
   * @throws IOException if the text is no record of the lake
   */
  static int lines(String record) throws IOException {
    String format = null;
    byte[] payload = null;
    try (JsonParser parser = JSON.createParser(record)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "format" -> format = parser.getText();
          // A CSV row is one line whatever it holds; the format comes first, so it is not copied.
          case "payload" -> payload = isCsv(format) ? new byte[0] : utf8(parser);
          case "payload_base64" -> payload = isCsv(format) ? new byte[0] : parser.getBinaryValue();
          default -> parser.skipChildren();
        }
      }
    }
    if (format == null || payload == null) {
      throw new IOException("it lacks format or payload");
    }
    return format.equals(ROW_JSON) ? Math.max(1, LineJson.read(payload).lines().size()) : 1;
  }

  private static boolean isCsv(@Nullable String format) {
    return format != null && !format.equals(ROW_JSON);
  }

  private static byte[] utf8(JsonParser parser) throws IOException {
    return parser.getText().getBytes(StandardCharsets.UTF_8);
  }
}
