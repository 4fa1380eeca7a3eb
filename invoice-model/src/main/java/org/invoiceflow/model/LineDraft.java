package org.invoiceflow.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rejected line as it is handed back to a person to mend: one object of row JSON, on one line. A
 * draft that nobody mends is rejected again; it is never accepted with less than its line said.
 * Where a line cannot be read into fields, its text therefore stands in the field {@value
 * #UNREADABLE}, which row JSON does not know: the draft is refused until somebody has put the text
 * where it belongs and taken that field out.
 *
 * <p>Rows of CSV become drafts by {@link CsvRowParser#draft}.
 */
public final class LineDraft {

  /** Holds what could not be read into fields. */
  public static final String UNREADABLE = "Unreadable";

  private static final JsonFactory JSON = new JsonFactory();

  private LineDraft() {}

  /**
   * The draft of a JSON text that was rejected: the object itself, to the last digit, if the text
   * is one object or an array of one; else its text as {@link #UNREADABLE}. Bytes that are no UTF-8
   * become replacement characters there. Never throws on data.
   */
  public static String ofJson(byte[] payload) {
    JsonLines read = LineJson.read(payload);
    if (read.unreadable().isEmpty() && read.lines().size() == 1) {
      JsonLine line = read.lines().get(0);
      if (payload[line.offset()] == '{') {
        String text = new String(payload, line.offset(), line.length(), StandardCharsets.UTF_8);
        // Within JSON's strings there are no line ends.
        return text.replace('\r', ' ').replace('\n', ' ');
      }
    }
    return ofText(new String(payload, StandardCharsets.UTF_8));
  }

  /** The draft of a text of which no field can be read. */
  public static String ofText(String text) {
    return write(new LineFields(), Optional.of(text));
  }

  /**
   * @param unreadable the whole line, if not all of it stands in the fields
   */
  static String write(LineFields fields, Optional<String> unreadable) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Field field : Field.values()) {
        write(json, field, fields.get(field));
      }
      if (unreadable.isPresent()) {
        json.writeStringField(UNREADABLE, unreadable.get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Field field, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field.fieldName(), value);
    }
  }
}
