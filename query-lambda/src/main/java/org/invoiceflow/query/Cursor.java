package org.invoiceflow.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.http.Answer;
import org.invoiceflow.model.DateFormat;
import org.invoiceflow.model.LineRules;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where a page of a customer's invoices ended: the key of its last row in the index by date.
 * Whatever a client sends is checked, and one that it makes up itself can only point into the same
 * customer's rows.
 *
 * <p>Pages are cut by key, not by number: rows that are added meanwhile move nothing. An invoice's
 * date can only become earlier, when an earlier line arrives: such an invoice can come twice, and
 * none is passed over.
 */
record Cursor(String customerId, String date, String invoiceNo) {

  private static final int DATE_LENGTH = "2010-12-01T08:26:00".length();

  static Cursor after(Item row) {
    return new Cursor(
        row.text(ViewSchema.CUSTOMER_ID),
        row.text(ViewSchema.DATE),
        row.text(ViewSchema.INVOICE_NO));
  }

  String toText() {
    return OpaqueText.seal(List.of(customerId, date, invoiceNo));
  }

  /** The cursor, if the text is one that {@link #toText()} could have made for this customer. */
  static Optional<Cursor> parse(String text, String customerId) {
    return OpaqueText.open(text, 3)
        .map(fields -> new Cursor(fields.get(0), fields.get(1), fields.get(2)))
        .filter(cursor -> cursor.customerId.equals(customerId) && cursor.isPlausible());
  }

  private boolean isPlausible() {
    int invoiceNoBytes = invoiceNo.getBytes(StandardCharsets.UTF_8).length;
    return date.length() == DATE_LENGTH
        && DateFormat.ISO.parse(date).isPresent()
        && invoiceNoBytes >= 1
        && invoiceNoBytes <= LineRules.MAX_CODE_BYTES;
  }

  /** The key as DynamoDB wants it: of the index and of the table. */
  Map<String, AttributeValue> toKey() {
    return Map.of(
        ViewSchema.CUSTOMER_ID, AttributeValue.fromS(customerId),
        ViewSchema.DATE, AttributeValue.fromS(date),
        ViewSchema.INVOICE_NO, AttributeValue.fromS(invoiceNo));
  }

  /** 400 for any cursor that was not given for what is asked. */
  static Answer bad() {
    return Answer.error(
        400, "bad_cursor", "The cursor was not given for this list; begin again without it");
  }
}
