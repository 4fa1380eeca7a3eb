package org.invoiceflow.job.sources;

import java.io.IOException;

/**
 * A file, or the rest of it, holds what cannot be read however often one tries. The message is one
 * sentence: what is wrong and what to do.
 */
final class UnreadableFileException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadableFileException(String message) {
    super(message);
  }

  UnreadableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
