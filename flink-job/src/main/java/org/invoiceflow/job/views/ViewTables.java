package org.invoiceflow.job.views;

import java.io.Serializable;
import org.invoiceflow.job.aws.AwsAccess;

/** Where the two views' tables are. Immutable. */
public final class ViewTables implements Serializable {

  private static final long serialVersionUID = 1L;

  private final AwsAccess access;
  private final String invoices;
  private final String customers;

  /**
   * @param invoices name of the invoices table
   * @param customers name of the customers table
   */
  public ViewTables(AwsAccess access, String invoices, String customers) {
    this.access = access;
    this.invoices = invoices;
    this.customers = customers;
  }

  public AwsAccess access() {
    return access;
  }

  public String invoices() {
    return invoices;
  }

  public String customers() {
    return customers;
  }

  @Override
  public String toString() {
    return "invoices.table=" + invoices + ", customers.table=" + customers + ", " + access;
  }
}
