package org.invoiceflow.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.http.JsonText;
import org.invoiceflow.model.DateFormat;
import org.invoiceflow.model.LineRules;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where a page of a customer's invoices ended: the key of its last row in the index by date. Its
 * text form is opaque to clients (base64url of a JSON object); whatever a client sends is checked,
 * and one that it makes up itself can only point into the same customer's rows.
 */
record Cursor(String customerId, String date, String invoiceNo) {

  /** Far more than the longest real one, which JSON's escapes can stretch. */
  private static final int MAX_TEXT_LENGTH = 2_000;

  static Cursor after(Item row) {
    return new Cursor(
        row.text(ViewSchema.CUSTOMER_ID),
        row.text(ViewSchema.DATE),
        row.text(ViewSchema.INVOICE_NO));
  }

  String toText() {
    String json =
        JsonText.of(
            out -> {
              out.writeStartObject();
              out.writeStringField(ViewSchema.CUSTOMER_ID, customerId);
              out.writeStringField(ViewSchema.DATE, date);
              out.writeStringField(ViewSchema.INVOICE_NO, invoiceNo);
              out.writeEndObject();
            });
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The cursor, if the text is one that {@link #toText()} could have made for this customer. */
  static Optional<Cursor> parse(String text, String customerId) {
    if (text.length() > MAX_TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      Map<String, String> fields = readObject(Base64.getUrlDecoder().decode(text));
      Cursor cursor =
          new Cursor(
              fields.getOrDefault(ViewSchema.CUSTOMER_ID, ""),
              fields.getOrDefault(ViewSchema.DATE, ""),
              fields.getOrDefault(ViewSchema.INVOICE_NO, ""));
      boolean whole = fields.size() == 3 && cursor.customerId.equals(customerId);
      return whole && cursor.isPlausible() ? Optional.of(cursor) : Optional.empty();
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private boolean isPlausible() {
    int invoiceNoBytes = invoiceNo.getBytes(StandardCharsets.UTF_8).length;
    return date.length() == "2010-12-01T08:26:00".length()
        && DateFormat.ISO.parse(date).isPresent()
        && invoiceNoBytes >= 1
        && invoiceNoBytes <= LineRules.MAX_CODE_BYTES;
  }

  /** A flat JSON object of strings and nothing else. */
  private static Map<String, String> readObject(byte[] json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JsonText.FACTORY.createParser(json)) {
      boolean readable = parser.nextToken() == JsonToken.START_OBJECT;
      while (readable && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        readable = parser.nextToken() == JsonToken.VALUE_STRING;
        fields.put(name, parser.getText());
      }
      readable = readable && parser.currentToken() == JsonToken.END_OBJECT;
      if (!readable || parser.nextToken() != null) {
        throw new IOException("no flat JSON object of strings");
      }
    }
    return fields;
  }

  /** The key as DynamoDB wants it: of the index and of the table. */
  Map<String, AttributeValue> toKey() {
    return Map.of(
        ViewSchema.CUSTOMER_ID, AttributeValue.fromS(customerId),
        ViewSchema.DATE, AttributeValue.fromS(date),
        ViewSchema.INVOICE_NO, AttributeValue.fromS(invoiceNo));
  }
}
