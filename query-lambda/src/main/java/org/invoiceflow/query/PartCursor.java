package org.invoiceflow.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where an answer with a part of an invoice's lines ended: the key of its last item. */
record PartCursor(String invoiceNo, String part) {

  static PartCursor after(Item part) {
    return new PartCursor(part.text(ViewSchema.INVOICE_NO), part.text(ViewSchema.PART));
  }

  String toText() {
    return OpaqueText.seal(List.of(invoiceNo, part));
  }

  /** The cursor, if the text is one that {@link #toText()} could have made for this invoice. */
  static Optional<PartCursor> parse(String text, String invoiceNo) {
    return OpaqueText.open(text, 2)
        .map(fields -> new PartCursor(fields.get(0), fields.get(1)))
        .filter(cursor -> cursor.invoiceNo.equals(invoiceNo) && cursor.part.matches("[0-9]{4}"));
  }

  /** The key as DynamoDB wants it. */
  Map<String, AttributeValue> toKey() {
    return Map.of(
        ViewSchema.INVOICE_NO, AttributeValue.fromS(invoiceNo),
        ViewSchema.PART, AttributeValue.fromS(part));
  }
}
