package org.invoiceflow.model.warehouse;

import java.util.List;

/** Runs SQL in the warehouse, whatever the way to it. Used by one thread. */
public interface SqlSession {

  /**
   * Runs a statement that only reads, outside of any transaction of others.
   *
   * @return the rows, each with its values as text; null is the empty text
   */
  List<List<String>> query(String sql) throws WarehouseException;

  /**
   * Runs the statements in their order in one transaction of their own.
   *
   * @throws WarehouseException if one failed, and then none took effect; or if it is unknown
   *     whether the commit arrived
   */
  void run(List<String> statements) throws WarehouseException;
}
