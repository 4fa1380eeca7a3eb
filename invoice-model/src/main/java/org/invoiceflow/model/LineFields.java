package org.invoiceflow.model;

import org.jspecify.annotations.Nullable;

/**
 * A row's fields as text, before any rule is applied; null means absent. The mutable in-between of
 * the readers, which reuse one instance; it never leaves this package.
 */
final class LineFields {
  @Nullable String invoiceNo;
  @Nullable String lineNo;
  @Nullable String stockCode;
  @Nullable String description;
  @Nullable String quantity;
  @Nullable String invoiceDate;
  @Nullable String unitPrice;
  @Nullable String customerId;
  @Nullable String country;
  @Nullable String sourceFile;

  void clear() {
    invoiceNo = null;
    lineNo = null;
    stockCode = null;
    description = null;
    quantity = null;
    invoiceDate = null;
    unitPrice = null;
    customerId = null;
    country = null;
    sourceFile = null;
  }
}
