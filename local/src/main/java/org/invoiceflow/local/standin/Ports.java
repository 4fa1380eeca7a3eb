package org.invoiceflow.local.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports of this machine. */
public final class Ports {

  private Ports() {}

  /**
   * A port that nobody listens on. Somebody else may take it before it is used: then the process
   * that was to use it ends, and is started again on another.
   */
  public static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
