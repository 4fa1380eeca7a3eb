package org.invoiceflow.local.faults.proxy;

import java.io.IOException;

/** Decides what becomes of a request. Called by many threads at once. */
public interface HttpFaults {

  /** The service behind the proxy. */
  interface Service {
    HttpMessage ask(HttpMessage request) throws IOException;
  }

  /**
   * Asks the service or does not, and answers in its place or tampers with what it said.
   *
   * @throws ConnectionLost if the client's connection is to be reset
   */
  HttpMessage answer(HttpMessage request, Service service) throws IOException;

  /** The client sees a connection reset and does not know what became of its request. */
  final class ConnectionLost extends IOException {
    private static final long serialVersionUID = 1L;

    public ConnectionLost() {
      super("lost on purpose");
    }
  }
}
