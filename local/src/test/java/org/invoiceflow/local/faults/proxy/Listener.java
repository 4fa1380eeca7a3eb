package org.invoiceflow.local.faults.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A port on the loopback that can be closed for a while, as if the process behind it had died. A
 * thread for each connection.
 */
final class Listener implements AutoCloseable {

  /** Serves one connection, until it ends. */
  interface Server {
    void serve(Socket client) throws IOException;
  }

  private final String name;
  private final Server server;
  private final InetSocketAddress address;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by this. */
  private ServerSocket listening;

  private boolean isAway;

  Listener(String name, Server server) throws IOException {
    this.name = name;
    this.server = server;
    this.listening = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    this.address = new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    accept(listening);
  }

  int port() {
    return address.getPort();
  }

  private void accept(ServerSocket from) {
    start(
        () -> {
          try {
            while (true) {
              Socket client = from.accept();
              start(() -> serve(client));
            }
          } catch (IOException e) {
            // Closed.
          }
        });
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client) {
    open.add(client);
    try {
      client.setTcpNoDelay(true);
      server.serve(client);
      client.close();
    } catch (IOException e) {
      reset(client);
    } finally {
      open.remove(client);
    }
  }

  /**
   * Resets all connections and refuses new ones for so long. Returns at once; does nothing while it
   * is away already.
   *
   * @return whether it went
   */
  synchronized boolean goAway(Duration time) {
    if (isAway || closed.getCount() == 0) {
      return false;
    }
    isAway = true;
    closeQuietly(listening);
    resetAll();
    start(() -> comeBackAfter(time));
    return true;
  }

  private void comeBackAfter(Duration time) {
    try {
      if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      synchronized (this) {
        // Java sets SO_REUSEADDR here, without which the port would rest for a minute.
        listening = new ServerSocket(address.getPort(), 128, address.getAddress());
        isAway = false;
        accept(listening);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("port " + address + " was taken meanwhile", e);
    }
  }

  void resetAll() {
    open.forEach(Listener::reset);
  }

  /** The other side reads "connection reset" and not an orderly end. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    closeQuietly(listening);
    resetAll();
  }
}
