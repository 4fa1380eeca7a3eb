package org.invoiceflow.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.invoiceflow.http.JsonText;

/**
 * Counts the elements of an array before anything is made of them: a body of the allowed size can
 * hold half a million, each of which would cost a rejection.
 */
final class ElementCount {

  private ElementCount() {}

  /** Whether the text is an array of more elements than that, as far as it can be read. */
  static boolean exceeds(byte[] json, int limit) {
    try (JsonParser parser = JsonText.FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return false;
      }
      int elements = 0;
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        elements++;
        if (elements > limit) {
          return true;
        }
        parser.skipChildren();
      }
      return false;
    } catch (IOException e) {
      // Whoever reads the text says what is wrong with it, and where.
      return false;
    }
  }
}
