package org.invoiceflow.model;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
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

  private static final int MAX_SHOWN = 40;
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
    Check check = new Check(found);
    InvoiceLine.Builder line = InvoiceLine.builder();
    line.invoiceNo(check.identifier("InvoiceNo", fields.invoiceNo));
    line.lineNo(check.lineNo(fields.lineNo));
    line.stockCode(check.required("StockCode", fields.stockCode, MAX_CODE_BYTES));
    line.description(check.text("Description", fields.description, MAX_DESCRIPTION_BYTES));
    line.quantity(check.wholeNumber("Quantity", fields.quantity));
    LocalDateTime date = check.date(fields.invoiceDate, dateFormat);
    BigDecimal price = check.price(fields.unitPrice);
    String customerId = fields.customerId;
    if (customerId != null && !customerId.isEmpty()) {
      line.customerId(check.identifier("CustomerID", customerId));
    }
    line.country(check.text("Country", fields.country, MAX_COUNTRY_BYTES));
    line.sourceFile(check.text("SourceFile", fields.sourceFile, MAX_SOURCE_FILE_BYTES));
    if (check.violations.isEmpty() && date != null && price != null) {
      return LineResult.accepted(line.invoiceDate(date).unitPrice(price).build());
    }
    return LineResult.rejected(check.violations);
  }

  /** One pass over one row; collects what it finds. */
  private static final class Check {
    private final List<Violation> violations;

    Check(List<Violation> found) {
      violations = new ArrayList<>(found);
    }

    private void broken(Rule rule, String field, String message) {
      violations.add(new Violation(rule, field, message));
    }

    private void missing(String field, String message) {
      if (violations.stream().noneMatch(v -> v.field().equals(field))) {
        broken(Rule.MISSING, field, message);
      }
    }

    String identifier(String field, @Nullable String value) {
      String text = required(field, value, MAX_CODE_BYTES);
      if (!text.isEmpty() && !text.equals(text.strip())) {
        broken(
            Rule.OUTER_WHITESPACE,
            field,
            field + " " + quote(text) + " begins or ends with white space; remove it");
      }
      return text;
    }

    String required(String field, @Nullable String value, int maxBytes) {
      if (value == null || value.isEmpty()) {
        missing(field, field + " is missing");
        return "";
      }
      return text(field, value, maxBytes);
    }

    String text(String field, @Nullable String value, int maxBytes) {
      if (value == null) {
        return "";
      }
      int bytes = Utf8.lengthOf(value);
      if (bytes == Utf8.NOT_STORABLE) {
        broken(
            Rule.UNSTORABLE_CHARACTER,
            field,
            field + " holds a NUL or half of a surrogate pair, which not every store can keep");
      } else if (bytes > maxBytes) {
        broken(
            Rule.TOO_LONG,
            field,
            field + " has " + bytes + " bytes of UTF-8; at most " + maxBytes + " fit");
      }
      return value;
    }

    int lineNo(@Nullable String value) {
      if (value == null || value.isEmpty()) {
        missing("LineNo", NUMBER_THE_LINES);
        return 0;
      }
      return ranged("LineNo", value, 1, MAX_LINE_NO);
    }

    int wholeNumber(String field, @Nullable String value) {
      if (value == null || value.isEmpty()) {
        missing(field, field + " is missing");
        return 0;
      }
      return ranged(field, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private int ranged(String field, String value, int min, int max) {
      if (!Numbers.isWholeNumber(value)) {
        broken(Rule.NOT_A_NUMBER, field, field + " " + quote(value) + " is not a whole number");
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
      broken(
          Rule.OUT_OF_RANGE,
          field,
          field + " " + quote(value) + " is out of range; it goes from " + min + " to " + max);
      return 0;
    }

    @Nullable LocalDateTime date(@Nullable String value, DateFormat format) {
      if (value == null || value.isEmpty()) {
        missing("InvoiceDate", "InvoiceDate is missing");
        return null;
      }
      LocalDateTime date = format.parse(value).orElse(null);
      if (date == null) {
        broken(
            Rule.NOT_A_DATE,
            "InvoiceDate",
            "InvoiceDate " + quote(value) + " is not a date of the form " + format.pattern());
        return null;
      }
      if (date.getYear() < MIN_YEAR || date.getYear() > MAX_YEAR) {
        broken(
            Rule.OUT_OF_RANGE,
            "InvoiceDate",
            "InvoiceDate "
                + quote(value)
                + " is out of range; years go from "
                + MIN_YEAR
                + " to "
                + MAX_YEAR);
        return null;
      }
      return date;
    }

    @Nullable BigDecimal price(@Nullable String value) {
      if (value == null || value.isEmpty()) {
        missing("UnitPrice", "UnitPrice is missing");
        return null;
      }
      BigDecimal price = Numbers.parseDecimal(value).orElse(null);
      if (price == null) {
        broken(
            Rule.NOT_A_NUMBER,
            "UnitPrice",
            "UnitPrice " + quote(value) + " is not a decimal number");
        return null;
      }
      if (Numbers.magnitudeAtLeast(price, PRICE_LIMIT)) {
        broken(
            Rule.OUT_OF_RANGE,
            "UnitPrice",
            "UnitPrice "
                + quote(value)
                + " is out of range; it is smaller than "
                + PRICE_LIMIT.toPlainString());
        return null;
      }
      if (Numbers.decimals(price) > MAX_PRICE_SCALE) {
        broken(
            Rule.TOO_MANY_DECIMALS,
            "UnitPrice",
            "UnitPrice " + quote(value) + " has more than " + MAX_PRICE_SCALE + " decimals");
        return null;
      }
      return price;
    }
  }

  /** The value in quotes, cut where it would make a message unreadable. */
  private static String quote(String value) {
    String shown = value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…";
    return "'" + shown + "'";
  }
}
