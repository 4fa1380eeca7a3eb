package org.invoiceflow.local.demo;

import java.util.Objects;

/** What an exception says to the user: one sentence, never a stack trace. */
final class Messages {

  private Messages() {}

  /** The exception's own message. */
  static String of(Throwable e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  /** First line of what the innermost cause says. */
  static String ofRoot(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return of(root).lines().findFirst().orElse(root.getClass().getSimpleName());
  }
}
