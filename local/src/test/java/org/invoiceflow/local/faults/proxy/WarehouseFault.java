package org.invoiceflow.local.faults.proxy;

/** What can become of a connection to the warehouse during a load. */
public enum WarehouseFault {
  /** Lost at the load's first statement. */
  LOST_BEFORE_LOAD,
  /** Lost when a part of the rows has been copied. */
  LOST_IN_COPY,
  /** Lost after the rows were copied, before they are inserted. */
  LOST_AFTER_COPY,
  /** Lost before the load's commit has reached the warehouse: it rolls back. */
  LOST_BEFORE_COMMIT,
  /** Lost after the warehouse has committed, before it could say so. */
  LOST_AFTER_COMMIT,
  /** The load's commit is never answered, and nothing says that the connection is dead. */
  SILENT_AT_COMMIT
}
