package org.invoiceflow.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the array that {@link LineJson#toJsonArray} has written, in this version or another one:
 * without rules, which may have become stricter since, and passing over fields that a later version
 * may have added. One reader a text.
 */
final class StoredLineReader {

  private final JsonParser parser;
  private final LineFields fields = new LineFields();

  StoredLineReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @return empty if the text is no array of lines
   * @throws IOException if it is no JSON
   */
  Optional<List<InvoiceLine>> read() throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      return Optional.empty();
    }
    List<InvoiceLine> lines = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Optional<InvoiceLine> line = readObject() ? line() : Optional.empty();
      if (line.isEmpty()) {
        return Optional.empty();
      }
      lines.add(line.get());
    }
    boolean isWhole = parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null;
    return isWhole ? Optional.of(lines) : Optional.empty();
  }

  /** False if a known field holds an object or an array. */
  private boolean readObject() throws IOException {
    fields.clear();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Optional<Field> field = Field.named(parser.currentName());
      JsonToken value = parser.nextToken();
      if (field.isEmpty()) {
        parser.skipChildren();
      } else if (value.isScalarValue()) {
        fields.set(field.get(), value == JsonToken.VALUE_NULL ? null : parser.getText());
      } else {
        return false;
      }
    }
    return true;
  }

  private Optional<InvoiceLine> line() {
    try {
      InvoiceLine.Builder line =
          InvoiceLine.builder()
              .invoiceNo(text(Field.INVOICE_NO))
              .lineNo(Integer.parseInt(text(Field.LINE_NO)))
              .stockCode(text(Field.STOCK_CODE))
              .description(text(Field.DESCRIPTION))
              .quantity(Integer.parseInt(text(Field.QUANTITY)))
              .unitPrice(new BigDecimal(text(Field.UNIT_PRICE)))
              .customerId(fields.get(Field.CUSTOMER_ID))
              .country(text(Field.COUNTRY))
              .sourceFile(fields.get(Field.SOURCE_FILE));
      return DateFormat.ISO
          .parse(text(Field.INVOICE_DATE))
          .map(date -> line.invoiceDate(date).build());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** What is absent is no number and no date, and is "" as text. */
  private String text(Field field) {
    @Nullable String value = fields.get(field);
    return value == null ? "" : value;
  }
}
