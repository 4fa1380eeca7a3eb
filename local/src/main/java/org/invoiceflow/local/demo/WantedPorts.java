package org.invoiceflow.local.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.Messages;

/** The ports that the user asked for. */
final class WantedPorts {

  private static final int MAX = 65_535;

  private WantedPorts() {}

  /** Finds out before anything is started whether the wanted ports can be had; 0 always can. */
  static void check(DemoOptions options) throws CommandException {
    check("--port", options.port());
    check("--ui-port", options.uiPort());
    if (options.port() != 0 && options.port() == options.uiPort()) {
      throw CommandException.usage(
          "Port " + options.port() + " cannot serve both the gateway and Flink's web UI.");
    }
  }

  private static void check(String option, int port) throws CommandException {
    if (port < 0 || port > MAX) {
      throw CommandException.usage(option + " goes from 0 to " + MAX + ", but is " + port + ".");
    }
    try {
      bind(port);
    } catch (IOException e) {
      throw CommandException.usage(
          "Port "
              + port
              + " is taken ("
              + Messages.of(e)
              + "): name another one with "
              + option
              + ", or none for a free one.");
    }
  }

  private static void bind(int port) throws IOException {
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }
}
