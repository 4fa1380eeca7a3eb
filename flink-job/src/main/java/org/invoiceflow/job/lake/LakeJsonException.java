package org.invoiceflow.job.lake;

import java.io.IOException;

/** A line of the lake that is not what the lake writes; the message is one sentence. */
public final class LakeJsonException extends IOException {

  private static final long serialVersionUID = 1L;

  LakeJsonException(String message) {
    super(message);
  }
}
