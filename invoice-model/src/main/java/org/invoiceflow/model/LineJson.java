package org.invoiceflow.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The one JSON form of a line, "row JSON": an object with the field names of the public data set,
 * or an array of such objects. It is the body of the API, the Kinesis record, the payload in {@code
 * raw/} and the stored form in the invoices view.
 *
 * <p>Stateless; used from any thread.
 */
public final class LineJson {

  private static final JsonFactory JSON = new JsonFactory();

  private LineJson() {}

  /**
   * One line as an object. An absent customer is left out; the price is written exactly, without an
   * exponent.
   */
  public static String toJson(InvoiceLine line) {
    return write(json -> writeLine(json, line));
  }

  /** Lines as an array, in the order given. */
  public static String toJsonArray(Collection<InvoiceLine> lines) {
    return write(
        json -> {
          json.writeStartArray();
          for (InvoiceLine line : lines) {
            writeLine(json, line);
          }
          json.writeEndArray();
        });
  }

  /**
   * Reads one object or an array of objects. Bytes that are no JSON at all give an unreadable
   * answer with the place; a readable one has a result for each element. Never throws on data.
   */
  public static JsonLines read(byte[] utf8) {
    if (!isUtf8(utf8)) {
      return JsonLines.unreadable("The text is not UTF-8; send it as UTF-8");
    }
    try (JsonParser parser = JSON.createParser(utf8)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return JsonLines.unreadable(
            "The text is empty; expected a JSON object or an array of objects");
      }
      List<JsonLine> lines = new ArrayList<>();
      LineJsonReader reader = new LineJsonReader(parser);
      if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          lines.add(reader.readElement(lines.size()));
        }
      } else if (first == JsonToken.START_OBJECT) {
        lines.add(reader.readElement(0));
      } else {
        return JsonLines.unreadable(
            "Expected a JSON object or an array of objects, but the text is " + nameOf(first));
      }
      if (parser.nextToken() != null) {
        return JsonLines.unreadable(
            "Something follows the JSON value; send one object or one array");
      }
      return lines.isEmpty()
          ? JsonLines.unreadable("The array is empty; it holds no line")
          : JsonLines.of(lines);
    } catch (JsonProcessingException e) {
      return JsonLines.unreadable(
          "The text is not JSON: " + Excerpt.ofSentence(e.getOriginalMessage()) + placeOf(e));
    } catch (IOException e) {
      // Memory cannot fail, so the parser means the text, whatever exception it chose for that.
      return JsonLines.unreadable("The text is not JSON: " + Excerpt.ofSentence(e.toString()));
    }
  }

  /**
   * Reads lines back that {@link #toJsonArray} has written and a store has kept. Rules hold for
   * what comes in, not for what is stored: they may be stricter now, and a later version may have
   * added fields, which are passed over.
   *
   * @return empty if the text is no array of lines
   */
  public static Optional<List<InvoiceLine>> readStored(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return new StoredLineReader(parser).read();
    } catch (IOException e) {
      // Memory cannot fail: the text is no JSON.
      return Optional.empty();
    }
  }

  /** The date in the form of the row JSON, {@code yyyy-MM-ddTHH:mm:ss}. */
  public static String formatDate(LocalDateTime date) {
    StringBuilder text = new StringBuilder(19);
    text.append(date.getYear()).append('-');
    twoDigits(text, date.getMonthValue()).append('-');
    twoDigits(text, date.getDayOfMonth()).append('T');
    twoDigits(text, date.getHour()).append(':');
    twoDigits(text, date.getMinute()).append(':');
    return twoDigits(text, date.getSecond()).toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return (number < 10 ? text.append('0') : text).append(number);
  }

  private static void writeLine(JsonGenerator json, InvoiceLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("InvoiceNo", line.invoiceNo());
    json.writeNumberField("LineNo", line.lineNo());
    json.writeStringField("StockCode", line.stockCode());
    json.writeStringField("Description", line.description());
    json.writeNumberField("Quantity", line.quantity());
    json.writeStringField("InvoiceDate", formatDate(line.invoiceDate()));
    json.writeFieldName("UnitPrice");
    json.writeNumber(line.unitPrice().toPlainString());
    if (line.customerId().isPresent()) {
      json.writeStringField("CustomerID", line.customerId().get());
    }
    json.writeStringField("Country", line.country());
    if (line.sourceFile().isPresent()) {
      json.writeStringField("SourceFile", line.sourceFile().get());
    }
    json.writeEndObject();
  }

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private static String write(Writing writing) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  /** Checked up front, because Jackson would take UTF-16 and some malformed UTF-8 as well. */
  private static boolean isUtf8(byte[] bytes) {
    for (int i = 0; i < Math.min(2, bytes.length); i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String nameOf(JsonToken token) {
    switch (token) {
      case VALUE_STRING:
        return "a string";
      case VALUE_NULL:
        return "null";
      case VALUE_TRUE:
      case VALUE_FALSE:
        return "a boolean";
      default:
        return "a number";
    }
  }

  private static String placeOf(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }
}
