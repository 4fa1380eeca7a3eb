package org.invoiceflow.job.views;

import org.jspecify.annotations.Nullable;

/** Key of one item of the invoices view. Immutable. */
final class PartKey {

  private final String invoiceNo;
  private final int part;

  PartKey(String invoiceNo, int part) {
    this.invoiceNo = invoiceNo;
    this.part = part;
  }

  String invoiceNo() {
    return invoiceNo;
  }

  int part() {
    return part;
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
