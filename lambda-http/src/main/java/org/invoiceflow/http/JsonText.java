package org.invoiceflow.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON into a string. Stateless; used from any thread. */
public final class JsonText {

  /** Shared, because a factory is costly to make and its symbol tables are worth keeping. */
  public static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /** What writes one JSON value, from memory to memory. */
  @FunctionalInterface
  public interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /**
   * The text of what the content writes.
   *
   * @throws UncheckedIOException if the content copies from JSON that is broken
   */
  public static String of(Content content) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
