package org.invoiceflow.local.console;

import java.util.Objects;

/** What an exception says to the user: one sentence, never a stack trace. */
public final class Messages {

  private Messages() {}

  /** The exception's own message. */
  public static String of(Throwable e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  /** First line of what the innermost cause says. */
  public static String ofRoot(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return of(root).lines().findFirst().orElse(root.getClass().getSimpleName());
  }
}
