package org.invoiceflow.local.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on loopback. */
final class Ports {

  private Ports() {}

  /** One that nobody listens on now. */
  static int free() throws IOException {
    return bind(0);
  }

  /** The port itself, if nobody listens on it. */
  static int checked(int port) throws DemoException {
    try {
      return bind(port);
    } catch (IOException | IllegalArgumentException e) {
      throw DemoException.usage(
          "Port " + port + " cannot be used for Flink's web UI: " + e.getMessage() + ".");
    }
  }

  private static int bind(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
