package org.invoiceflow.loader;

import java.io.PrintWriter;

/** Runs commands for tests of other packages. */
public final class Commands {

  private Commands() {}

  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return Main.run(out, err, args);
  }
}
