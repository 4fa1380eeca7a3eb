package org.invoiceflow.model;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an invoice line. What passes fits every store (DynamoDB, S3, Redshift), so that no
 * accepted line can stop a sink. Every broken rule is reported, none is thrown.
 *
 * <p>Stateless; used from any thread.
 */
public final class LineRules {

  /** Longest InvoiceNo, StockCode and CustomerID, in bytes of UTF-8. */
  public static final int MAX_CODE_BYTES = 64;

  /** Longest Description, in bytes of UTF-8. */
  public static final int MAX_DESCRIPTION_BYTES = 1_000;

  /** Longest Country, in bytes of UTF-8. */
  public static final int MAX_COUNTRY_BYTES = 100;

  /** Longest SourceFile, in bytes of UTF-8. */
  public static final int MAX_SOURCE_FILE_BYTES = 255;

  /**
   * Largest LineNo: part numbers of the invoices view have four digits, and a part holds 100 lines.
   */
  public static final int MAX_LINE_NO = 999_900;

  /** Most decimals of a UnitPrice. */
  public static final int MAX_PRICE_SCALE = 4;

  /** A UnitPrice is smaller than this, whatever its sign. */
  public static final BigDecimal PRICE_LIMIT = new BigDecimal("1000000000");

  public static final int MIN_YEAR = 1900;
  public static final int MAX_YEAR = 9999;

  private static final String NUMBER_THE_LINES =
      "LineNo is missing; number the lines of each invoice from 1 in the order of your file";

  private LineRules() {}

  /** Applies every rule to a row's fields. */
  static LineResult check(LineFields fields, DateFormat dateFormat) {
    return check(fields, dateFormat, List.of());
  }

  /**
   * @param found rules that the reader has already found broken, such as a field of the wrong type;
   *     fields that they name are not reported as missing
   */
  static LineResult check(LineFields fields, DateFormat dateFormat, List<Violation> found) {
    Check check = new Check(fields, found);
    InvoiceLine.Builder line = InvoiceLine.builder();
    line.invoiceNo(check.identifier(Field.INVOICE_NO));
    line.lineNo(check.lineNo());
    line.stockCode(check.required(Field.STOCK_CODE, MAX_CODE_BYTES));
    line.description(check.text(Field.DESCRIPTION, MAX_DESCRIPTION_BYTES));
    line.quantity(check.wholeNumber(Field.QUANTITY, Integer.MIN_VALUE, Integer.MAX_VALUE));
    LocalDateTime date = check.date(dateFormat);
    BigDecimal price = check.price();
    if (!check.isAbsent(Field.CUSTOMER_ID)) {
      line.customerId(check.identifier(Field.CUSTOMER_ID));
    }
    line.country(check.text(Field.COUNTRY, MAX_COUNTRY_BYTES));
    line.sourceFile(check.text(Field.SOURCE_FILE, MAX_SOURCE_FILE_BYTES));
    if (check.violations.isEmpty() && date != null && price != null) {
      return LineResult.accepted(line.invoiceDate(date).unitPrice(price).build());
    }
    return LineResult.rejected(check.inFieldOrder());
  }

  private static String quote(String value) {
    return "'" + Excerpt.of(value) + "'";
  }

  /** One pass over one row; collects what it finds. */
  private static final class Check {
    private final LineFields fields;
    private final List<Violation> violations;

    Check(LineFields fields, List<Violation> found) {
      this.fields = fields;
      this.violations = new ArrayList<>(found);
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
      String text = required(field, MAX_CODE_BYTES);
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
     * A part of the invoices view holds its lines as JSON, where a control character takes six
     * bytes: 100 lines full of them would be more than DynamoDB's 400 KB. Twice the limit is what
     * quotes and backslashes may take.
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
      return wholeNumber(Field.LINE_NO, 1, MAX_LINE_NO);
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
      if (date.getYear() < MIN_YEAR || date.getYear() > MAX_YEAR) {
        outOfRange(field, "years go from " + MIN_YEAR + " to " + MAX_YEAR);
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
      if (Numbers.magnitudeAtLeast(price, PRICE_LIMIT)) {
        outOfRange(field, "it is smaller than " + PRICE_LIMIT.toPlainString());
        return null;
      }
      if (Numbers.decimals(price) > MAX_PRICE_SCALE) {
        broken(
            Rule.TOO_MANY_DECIMALS,
            field,
            "UnitPrice " + quote(value) + " has more than " + MAX_PRICE_SCALE + " decimals");
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
  }
}
