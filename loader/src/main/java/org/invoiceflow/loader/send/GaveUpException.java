package org.invoiceflow.loader.send;

import java.io.IOException;
import java.util.Optional;

/** The service cannot be reached or refuses to work; the message says which lines are in doubt. */
public final class GaveUpException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<SendResult> soFar;

  GaveUpException(String message) {
    super(message);
    this.soFar = Optional.empty();
  }

  private GaveUpException(String message, GaveUpException cause, Optional<SendResult> soFar) {
    super(message, cause);
    this.soFar = soFar;
  }

  /** The same reason, with the place in the file and what was done before. */
  GaveUpException at(String place, SendResult result) {
    return new GaveUpException(place + getMessage(), this, Optional.of(result));
  }

  /** The same, with what to do about it. */
  public GaveUpException withAdvice(String advice) {
    return new GaveUpException(getMessage() + " " + advice, this, soFar);
  }

  /** Counts up to the request that failed. */
  public Optional<SendResult> soFar() {
    return soFar;
  }
}
