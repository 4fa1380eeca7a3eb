package org.invoiceflow.loader.upload;

import java.io.IOException;

/** S3 cannot be reached, or refuses the file; the message is one clear sentence. */
public final class UploadException extends IOException {

  private static final long serialVersionUID = 1L;

  UploadException(String message, Throwable cause) {
    super(message, cause);
  }
}
