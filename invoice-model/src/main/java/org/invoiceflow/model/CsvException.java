package org.invoiceflow.model;

import java.io.IOException;

/**
 * A CSV file that cannot be read as a whole. The message is one sentence for the person who gave
 * the file: what is wrong, where, and what to do; it does not name the file.
 */
public final class CsvException extends IOException {

  private static final long serialVersionUID = 1L;

  public CsvException(String message) {
    super(message);
  }
}
