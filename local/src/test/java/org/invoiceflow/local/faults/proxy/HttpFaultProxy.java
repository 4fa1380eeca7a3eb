package org.invoiceflow.local.faults.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands before an HTTP service on the loopback. Passes everything on as it is until {@link
 * #strike} tells it otherwise. Each client's connection has one to the service; both are kept.
 */
public final class HttpFaultProxy implements AutoCloseable {

  private static final HttpFaults NONE = (request, service) -> service.ask(request);

  private final URI service;
  private final AtomicReference<HttpFaults> faults = new AtomicReference<>(NONE);
  private final Listener listener;

  public HttpFaultProxy(URI service) throws IOException {
    this.service = service;
    this.listener = new Listener("proxy-" + service.getPort(), this::serve);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  /** From now on these decide. */
  public void strike(HttpFaults newFaults) {
    faults.set(newFaults);
  }

  /** From now on everything passes. */
  public void heal() {
    faults.set(NONE);
  }

  /**
   * Resets all connections and refuses new ones for so long.
   *
   * @return false if it is away already
   */
  public boolean goAway(Duration time) {
    return listener.goAway(time);
  }

  private void serve(Socket client) throws IOException {
    try (Upstream upstream = new Upstream()) {
      InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 16);
      while (true) {
        Optional<HttpMessage> request = HttpMessage.readRequest(in, client.getOutputStream());
        if (request.isEmpty()) {
          return;
        }
        HttpMessage answer = faults.get().answer(request.get(), upstream).to(request.get());
        answer.writeTo(client.getOutputStream());
        if (answer.endsConnection() || request.get().endsConnection()) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    listener.close();
  }

  /** A connection to the service, made when it is needed. */
  private final class Upstream implements HttpFaults.Service, AutoCloseable {

    private Optional<Socket> socket = Optional.empty();

    @Override
    public HttpMessage ask(HttpMessage request) throws IOException {
      if (socket.isEmpty()) {
        Socket made = new Socket(service.getHost(), service.getPort());
        made.setTcpNoDelay(true);
        socket = Optional.of(made);
      }
      Socket to = socket.get();
      request.writeTo(to.getOutputStream());
      HttpMessage answer =
          HttpMessage.readAnswer(new BufferedInputStream(to.getInputStream()), request);
      if (answer.endsConnection()) {
        close();
      }
      return answer;
    }

    @Override
    public void close() throws IOException {
      if (socket.isPresent()) {
        socket.get().close();
        socket = Optional.empty();
      }
    }
  }
}
