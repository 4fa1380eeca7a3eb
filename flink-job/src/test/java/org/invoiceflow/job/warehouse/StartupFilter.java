package org.invoiceflow.job.warehouse;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Lets the Redshift driver connect to PostgreSQL: passes every byte on, but for the start-up
 * parameters that only Redshift knows.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/16/protocol-message-formats.html">StartupMessage</a>
 */
final class StartupFilter implements AutoCloseable {

  private static final int PROTOCOL_3_0 = 196_608;
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;

  private static final Set<String> KNOWN_TO_POSTGRESQL =
      Set.of(
          "user",
          "database",
          "client_encoding",
          "datestyle",
          "timezone",
          "extra_float_digits",
          "application_name",
          "search_path",
          "options");

  private final ServerSocket listener;
  private final int serverPort;

  StartupFilter(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    background("startup-filter", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      background("startup-filter-" + client.getPort(), () -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      DataInputStream fromClient = new DataInputStream(client.getInputStream());
      byte[] startup = startupMessage(fromClient, client.getOutputStream());
      DataOutputStream toServer = new DataOutputStream(server.getOutputStream());
      toServer.writeInt(startup.length + Integer.BYTES);
      toServer.write(startup);
      toServer.flush();
      background(
          "startup-filter-up-" + client.getPort(),
          () -> {
            pump(fromClient, toServer);
            server.shutdownOutput();
          });
      pump(server.getInputStream(), client.getOutputStream());
    }
  }

  /** The start-up message without its length; requests for encryption before it are declined. */
  private static byte[] startupMessage(DataInputStream fromClient, OutputStream toClient)
      throws IOException {
    while (true) {
      byte[] message = fromClient.readNBytes(fromClient.readInt() - Integer.BYTES);
      int code = ByteBuffer.wrap(message).getInt();
      if (code == SSL_REQUEST || code == GSS_REQUEST) {
        toClient.write('N');
        toClient.flush();
      } else {
        return code == PROTOCOL_3_0 ? withoutUnknownParameters(message) : message;
      }
    }
  }

  private static byte[] withoutUnknownParameters(byte[] message) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(message, 0, Integer.BYTES);
    int at = Integer.BYTES;
    while (message[at] != 0) {
      int endOfName = endOfText(message, at);
      int endOfValue = endOfText(message, endOfName + 1);
      String name = new String(message, at, endOfName - at, StandardCharsets.UTF_8);
      if (KNOWN_TO_POSTGRESQL.contains(name.toLowerCase(Locale.ROOT))) {
        kept.write(message, at, endOfValue + 1 - at);
      }
      at = endOfValue + 1;
    }
    kept.write(0);
    return kept.toByteArray();
  }

  private static int endOfText(byte[] message, int from) {
    int end = from;
    while (message[end] != 0) {
      end++;
    }
    return end;
  }

  private static void pump(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void background(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One side has hung up: the other learns it from its closed socket.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
