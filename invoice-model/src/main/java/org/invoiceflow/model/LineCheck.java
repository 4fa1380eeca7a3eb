package org.invoiceflow.model;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one row: looks at each field, collects what is broken. {@link LineRules} says what
 * the limits are.
 */
final class LineCheck {

  private static final String NUMBER_THE_LINES =
      "LineNo is missing; number the lines of each invoice from 1 in the order of your file";

  private final LineFields fields;
  private final List<Violation> violations;

  LineCheck(LineFields fields, List<Violation> found) {
    this.fields = fields;
    this.violations = new ArrayList<>(found);
  }

  boolean foundNothing() {
    return violations.isEmpty();
  }

  /** Violations of the row as a whole first, those of unknown fields last. */
  List<Violation> inFieldOrder() {
    List<String> order = Field.names();
    List<Violation> sorted = new ArrayList<>(violations);
    sorted.sort(
        Comparator.comparingInt(
            violation -> {
              int place = order.indexOf(violation.field());
              return place >= 0 || violation.field().isEmpty() ? place : order.size();
            }));
    return sorted;
  }

  boolean isAbsent(Field field) {
    String value = fields.get(field);
    return value == null || value.isEmpty();
  }

  private String value(Field field) {
    String value = fields.get(field);
    return value == null ? "" : value;
  }

  private void broken(Rule rule, Field field, String message) {
    violations.add(new Violation(rule, field.fieldName(), message));
  }

  private void missing(Field field, String message) {
    if (violations.stream().noneMatch(v -> v.field().equals(field.fieldName()))) {
      broken(Rule.MISSING, field, message);
    }
  }

  String identifier(Field field) {
    String text = required(field, LineRules.MAX_CODE_BYTES);
    if (!text.equals(text.strip())) {
      broken(
          Rule.OUTER_WHITESPACE,
          field,
          field.fieldName() + " " + quote(text) + " begins or ends with white space; remove it");
    }
    return text;
  }

  String required(Field field, int maxBytes) {
    if (isAbsent(field)) {
      missing(field, field.fieldName() + " is missing");
      return "";
    }
    return text(field, maxBytes);
  }

  String text(Field field, int maxBytes) {
    String value = value(field);
    int bytes = Utf8.lengthOf(value);
    if (bytes == Utf8.NOT_STORABLE) {
      broken(
          Rule.UNSTORABLE_CHARACTER,
          field,
          field.fieldName()
              + " holds a NUL or half of a surrogate pair, which not every store can keep");
    } else if (bytes > maxBytes) {
      broken(
          Rule.TOO_LONG,
          field,
          field.fieldName() + " has " + bytes + " bytes of UTF-8; at most " + maxBytes + " fit");
    } else {
      escapedText(field, value, bytes, maxBytes);
    }
    return value;
  }

  /**
   * A part of the invoices view holds its lines as JSON, where a control character takes six bytes:
   * 100 lines full of them would be more than DynamoDB's 400 KB. Twice the limit is what quotes and
   * backslashes may take.
   */
  private void escapedText(Field field, String value, int bytes, int maxBytes) {
    int most = 2 * maxBytes;
    if (bytes * 6 <= most) {
      return;
    }
    int escaped = Utf8.escapedLengthOf(value);
    if (escaped > most) {
      broken(
          Rule.TOO_LONG,
          field,
          field.fieldName()
              + " has "
              + escaped
              + " bytes in JSON, where a control character takes six; at most "
              + most
              + " fit");
    }
  }

  int lineNo() {
    if (isAbsent(Field.LINE_NO)) {
      missing(Field.LINE_NO, NUMBER_THE_LINES);
      return 0;
    }
    return wholeNumber(Field.LINE_NO, 1, LineRules.MAX_LINE_NO);
  }

  int wholeNumber(Field field, int min, int max) {
    if (isAbsent(field)) {
      missing(field, field.fieldName() + " is missing");
      return 0;
    }
    String value = value(field);
    if (!Numbers.isWholeNumber(value)) {
      broken(
          Rule.NOT_A_NUMBER,
          field,
          field.fieldName() + " " + quote(value) + " is not a whole number");
      return 0;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // More digits than an int holds: out of range like any other.
    }
    outOfRange(field, "it goes from " + min + " to " + max);
    return 0;
  }

  @Nullable LocalDateTime date(DateFormat format) {
    Field field = Field.INVOICE_DATE;
    if (isAbsent(field)) {
      missing(field, "InvoiceDate is missing");
      return null;
    }
    String value = value(field);
    LocalDateTime date = format.parse(value).orElse(null);
    if (date == null) {
      broken(
          Rule.NOT_A_DATE,
          field,
          "InvoiceDate " + quote(value) + " is not a date of the form " + format.pattern());
      return null;
    }
    if (date.getYear() < LineRules.MIN_YEAR || date.getYear() > LineRules.MAX_YEAR) {
      outOfRange(field, "years go from " + LineRules.MIN_YEAR + " to " + LineRules.MAX_YEAR);
      return null;
    }
    return date;
  }

  @Nullable BigDecimal price() {
    Field field = Field.UNIT_PRICE;
    if (isAbsent(field)) {
      missing(field, "UnitPrice is missing");
      return null;
    }
    String value = value(field);
    BigDecimal price = Numbers.parseDecimal(value).orElse(null);
    if (price == null) {
      broken(Rule.NOT_A_NUMBER, field, "UnitPrice " + quote(value) + " is not a decimal number");
      return null;
    }
    if (Numbers.magnitudeAtLeast(price, LineRules.PRICE_LIMIT)) {
      outOfRange(field, "it is smaller than " + LineRules.PRICE_LIMIT.toPlainString());
      return null;
    }
    if (Numbers.decimals(price) > LineRules.MAX_PRICE_SCALE) {
      broken(
          Rule.TOO_MANY_DECIMALS,
          field,
          "UnitPrice "
              + quote(value)
              + " has more than "
              + LineRules.MAX_PRICE_SCALE
              + " decimals");
      return null;
    }
    return price;
  }

  private void outOfRange(Field field, String range) {
    broken(
        Rule.OUT_OF_RANGE,
        field,
        field.fieldName() + " " + quote(value(field)) + " is out of range; " + range);
  }

  private static String quote(String value) {
    return "'" + Excerpt.of(value) + "'";
  }
}
