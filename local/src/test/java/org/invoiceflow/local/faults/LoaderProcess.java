package org.invoiceflow.local.faults;

import java.io.IOException;
import org.invoiceflow.loader.Main;

/** The loader as {@code bin/loader} runs it, but ends when stdin does. */
final class LoaderProcess {

  private LoaderProcess() {}

  public static void main(String[] args) {
    Thread parent =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is said to it.
                }
              } catch (IOException e) {
                // The parent has ended.
              }
              Runtime.getRuntime().halt(2);
            },
            "parent");
    parent.setDaemon(true);
    parent.start();
    Main.main(args);
  }
}
