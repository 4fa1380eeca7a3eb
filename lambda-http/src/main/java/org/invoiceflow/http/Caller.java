package org.invoiceflow.http;

import java.util.Optional;

/** Who asks, as far as it decides what may be read. Immutable. */
public sealed interface Caller {

  /** Whether data of this customer may be shown; empty: of no customer. */
  boolean mayRead(Optional<String> customerId);

  /** May read and send everything. */
  record Trusted() implements Caller {
    @Override
    public boolean mayRead(Optional<String> customerId) {
      return true;
    }
  }

  /** May read what belongs to one customer, and nothing else. */
  record Customer(String id) implements Caller {
    @Override
    public boolean mayRead(Optional<String> customerId) {
      return customerId.isPresent() && customerId.get().equals(id);
    }
  }

  /**
   * Has a token that says nothing of what may be read.
   *
   * @param reason for the answer, as a sentence; holds nothing of the token
   */
  record Stranger(String reason) implements Caller {
    @Override
    public boolean mayRead(Optional<String> customerId) {
      return false;
    }
  }

  /** 403 for who may not do this at all, whatever they ask for. */
  static Answer forbidden(String reason) {
    return Answer.error(403, "no_access", reason);
  }
}
