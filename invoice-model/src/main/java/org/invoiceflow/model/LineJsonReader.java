package org.invoiceflow.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the objects that a parser stands on into lines. One reader a text; reuses its buffers
 * between elements.
 */
final class LineJsonReader {

  /** In the order of the row JSON; the position is the field's bit in {@link #seen}. */
  private static final List<String> FIELDS =
      List.of(
          "InvoiceNo",
          "LineNo",
          "StockCode",
          "Description",
          "Quantity",
          "InvoiceDate",
          "UnitPrice",
          "CustomerID",
          "Country",
          "SourceFile");

  private final JsonParser parser;
  private final LineFields fields = new LineFields();
  private final BitSet seen = new BitSet(FIELDS.size());

  LineJsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads the value that the parser stands on, and leaves the parser on its last token. */
  JsonLine readElement(int index) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    LineResult result;
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      result = readObject();
    } else {
      parser.skipChildren();
      result =
          LineResult.rejected(
              new Violation(
                  Rule.WRONG_TYPE, "", "A line is a JSON object with the fields " + FIELDS));
    }
    // A scalar's token may be read lazily; its end is known only once its text is.
    parser.getText();
    return new JsonLine(
        index, start, (int) parser.currentLocation().getByteOffset() - start, result);
  }

  private LineResult readObject() throws IOException {
    fields.clear();
    seen.clear();
    List<Violation> found = new ArrayList<>(0);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      readField(name, found);
    }
    return LineRules.check(fields, DateFormat.ISO, found);
  }

  private void readField(String name, List<Violation> found) throws IOException {
    int field = FIELDS.indexOf(name);
    if (field < 0) {
      parser.skipChildren();
      found.add(
          new Violation(
              Rule.UNKNOWN_FIELD,
              shortened(name),
              "Field '" + shortened(name) + "' is unknown; the fields are " + FIELDS));
      return;
    }
    if (seen.get(field)) {
      parser.skipChildren();
      found.add(
          new Violation(Rule.DUPLICATE_FIELD, name, name + " stands more than once in the object"));
      return;
    }
    seen.set(field);
    boolean number = name.equals("LineNo") || name.equals("Quantity") || name.equals("UnitPrice");
    set(name, scalar(name, number, found));
  }

  private @Nullable String scalar(String name, boolean numberAllowed, List<Violation> found)
      throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING:
        return parser.getText();
      case VALUE_NULL:
        return null;
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        if (numberAllowed) {
          return parser.getText();
        }
        break;
      default:
        break;
    }
    parser.skipChildren();
    found.add(
        new Violation(
            Rule.WRONG_TYPE,
            name,
            name + " is " + (numberAllowed ? "a JSON number or string" : "a JSON string")));
    return null;
  }

  private void set(String name, @Nullable String value) {
    switch (name) {
      case "InvoiceNo":
        fields.invoiceNo = value;
        break;
      case "LineNo":
        fields.lineNo = value;
        break;
      case "StockCode":
        fields.stockCode = value;
        break;
      case "Description":
        fields.description = value;
        break;
      case "Quantity":
        fields.quantity = value;
        break;
      case "InvoiceDate":
        fields.invoiceDate = value;
        break;
      case "UnitPrice":
        fields.unitPrice = value;
        break;
      case "CustomerID":
        fields.customerId = value;
        break;
      case "Country":
        fields.country = value;
        break;
      case "SourceFile":
        fields.sourceFile = value;
        break;
      default:
        throw new IllegalArgumentException(name);
    }
  }

  private static String shortened(String name) {
    return name.length() <= 40 ? name : name.substring(0, 40) + "…";
  }
}
