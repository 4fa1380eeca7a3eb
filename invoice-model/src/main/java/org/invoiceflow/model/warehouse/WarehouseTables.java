package org.invoiceflow.model.warehouse;

import java.util.List;

/** Names of the warehouse's tables and views, for those who write them and those who read them. */
public final class WarehouseTables {

  /** Every line, once. */
  public static final String LINES = "invoice_lines";

  /** The ledger: one row per load. */
  public static final String LOADS = "invoice_loads";

  /** The staged files of the loads in the ledger. */
  public static final String LOAD_FILES = "invoice_load_files";

  /** Which versions of the schema were applied. */
  public static final String SCHEMA_VERSIONS = "invoice_schema_versions";

  /** View: a row per customer who is named by a line. */
  public static final String CUSTOMER = "customer";

  /** View: a row per invoice. */
  public static final String INVOICE = "invoice";

  /** View: a row per stock code. */
  public static final String STOCK = "stock";

  /** View: a row per stock code of an invoice. */
  public static final String INVOICE_STOCK = "invoice_stock";

  /** What a load reads and adds to. */
  static final List<String> LOADED = List.of(LINES, LOADS, LOAD_FILES);

  /** What BI tools read. */
  static final List<String> REPORTED = List.of(LINES, CUSTOMER, INVOICE, STOCK, INVOICE_STOCK);

  private WarehouseTables() {}
}
