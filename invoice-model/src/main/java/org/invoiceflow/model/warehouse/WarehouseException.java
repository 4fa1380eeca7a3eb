package org.invoiceflow.model.warehouse;

/** The warehouse refused, or is not what it should be; the message is clear sentences. */
public final class WarehouseException extends Exception {

  private static final long serialVersionUID = 1L;

  public WarehouseException(String message) {
    super(message);
  }

  public WarehouseException(String message, Throwable cause) {
    super(message, cause);
  }
}
