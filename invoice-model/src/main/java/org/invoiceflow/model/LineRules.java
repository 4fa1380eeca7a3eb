package org.invoiceflow.model;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

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
    LineCheck check = new LineCheck(fields, found);
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
    if (check.foundNothing() && date != null && price != null) {
      return LineResult.accepted(line.invoiceDate(date).unitPrice(price).build());
    }
    return LineResult.rejected(check.inFieldOrder());
  }
}
