package org.invoiceflow.job.views;

import java.util.Map;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.ViewSchema;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Key of one item of the invoices view. Immutable. */
final class PartKey {

  private final String invoiceNo;
  private final int part;

  PartKey(String invoiceNo, int part) {
    this.invoiceNo = invoiceNo;
    this.part = part;
  }

  Map<String, AttributeValue> toItemKey() {
    return Map.of(
        ViewSchema.INVOICE_NO,
        AttributeValue.builder().s(invoiceNo).build(),
        ViewSchema.PART,
        AttributeValue.builder().s(InvoiceParts.key(part)).build());
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof PartKey
        && part == ((PartKey) o).part
        && invoiceNo.equals(((PartKey) o).invoiceNo);
  }

  @Override
  public int hashCode() {
    return 31 * invoiceNo.hashCode() + part;
  }
}
