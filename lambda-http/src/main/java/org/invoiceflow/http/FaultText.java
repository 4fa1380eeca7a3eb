package org.invoiceflow.http;

import java.util.StringJoiner;

/**
 * A fault's stack traces for the log. A message is written only if our own code has worded it:
 * libraries quote what they could not read, and that can be somebody's data.
 */
final class FaultText {

  private static final int MAX_CAUSES = 5;
  private static final int MAX_FRAMES = 40;

  private FaultText() {}

  static String of(Throwable fault) {
    StringJoiner text = new StringJoiner("\n");
    Throwable next = fault;
    for (int i = 0; next != null && i < MAX_CAUSES; i++) {
      StackTraceElement[] frames = next.getStackTrace();
      text.add((i == 0 ? "" : "Caused by: ") + next.getClass().getName() + message(next, frames));
      for (int frame = 0; frame < Math.min(MAX_FRAMES, frames.length); frame++) {
        text.add("\tat " + frames[frame]);
      }
      next = next.getCause();
    }
    return text.toString();
  }

  private static String message(Throwable thrown, StackTraceElement[] frames) {
    boolean isOurs = frames.length > 0 && frames[0].getClassName().startsWith("org.invoiceflow.");
    return isOurs ? ": " + thrown.getMessage() : "";
  }
}
