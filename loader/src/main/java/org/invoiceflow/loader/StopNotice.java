package org.invoiceflow.loader;

import java.io.PrintWriter;

/** Says how to go on if the process is stopped (Ctrl-C, SIGTERM) before this is withdrawn. */
final class StopNotice {

  private final Thread hook;

  private StopNotice(Thread hook) {
    this.hook = hook;
  }

  static StopNotice with(PrintWriter err, String wayOn) {
    Thread hook =
        new Thread(
            () -> {
              err.println();
              err.println("loader: Stopped. " + wayOn);
              err.flush();
            },
            "loader-stop-notice");
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopNotice(hook);
  }

  void withdraw() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the notice is being said.
    }
  }
}
