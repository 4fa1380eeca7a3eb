package org.invoiceflow.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the objects that a parser stands on into lines. One reader a text; reuses its buffers
 * between elements.
 */
final class LineJsonReader {

  /**
   * So that an object of a hundred thousand unknown fields is not answered by as many sentences.
   */
  private static final int MAX_UNKNOWN_NAMED = 20;

  private static final String FIELD_NAMES = String.join(", ", Field.names());

  private final JsonParser parser;
  private final LineFields fields = new LineFields();
  private final Set<Field> seen = EnumSet.noneOf(Field.class);
  private final Set<Field> repeated = EnumSet.noneOf(Field.class);
  private int unknown;

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
                  Rule.WRONG_TYPE, "", "A line is a JSON object with the fields " + FIELD_NAMES));
    }
    // A scalar's token may be read lazily; its end is known only once its text is.
    parser.getText();
    return new JsonLine(
        index, start, (int) parser.currentLocation().getByteOffset() - start, result);
  }

  private LineResult readObject() throws IOException {
    fields.clear();
    seen.clear();
    repeated.clear();
    unknown = 0;
    List<Violation> found = new ArrayList<>(0);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      readField(name, found);
    }
    if (unknown > MAX_UNKNOWN_NAMED) {
      found.add(
          new Violation(
              Rule.UNKNOWN_FIELD,
              "",
              "The object has "
                  + unknown
                  + " unknown fields; the first "
                  + MAX_UNKNOWN_NAMED
                  + " are named"));
    }
    return LineRules.check(fields, DateFormat.ISO, found);
  }

  private void readField(String name, List<Violation> found) throws IOException {
    Optional<Field> known = Field.named(name);
    if (known.isEmpty()) {
      parser.skipChildren();
      unknown++;
      if (unknown <= MAX_UNKNOWN_NAMED) {
        String shown = Excerpt.of(name);
        found.add(
            new Violation(
                Rule.UNKNOWN_FIELD,
                shown,
                "Field '" + shown + "' is unknown; the fields are " + FIELD_NAMES));
      }
      return;
    }
    Field field = known.get();
    if (!seen.add(field)) {
      parser.skipChildren();
      if (repeated.add(field)) {
        found.add(
            new Violation(
                Rule.DUPLICATE_FIELD, name, name + " stands more than once in the object"));
      }
      return;
    }
    boolean number = field == Field.LINE_NO || field == Field.QUANTITY || field == Field.UNIT_PRICE;
    fields.set(field, scalar(name, number, found));
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
}
