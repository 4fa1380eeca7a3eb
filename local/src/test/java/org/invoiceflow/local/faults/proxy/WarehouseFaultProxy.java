package org.invoiceflow.local.faults.proxy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;

/**
 * Stands before PostgreSQL on the loopback and breaks loads at a statement, by reading the client's
 * side of the wire protocol (version 3, unencrypted). Each load meets the next fault that waits.
 */
public final class WarehouseFaultProxy implements AutoCloseable {

  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int BUFFER_BYTES = 1 << 16;

  private final WarehouseEndpoint real;
  private final int port;
  private final Strikes strikes;
  private final Listener listener;
  private final Queue<WarehouseFault> waiting = new ArrayDeque<>();

  public WarehouseFaultProxy(WarehouseEndpoint real, Strikes strikes) throws IOException {
    this.real = real;
    this.port = URI.create(real.jdbcUrl().substring("jdbc:".length())).getPort();
    this.strikes = strikes;
    this.listener = new Listener("proxy-warehouse", this::serve);
  }

  /** The warehouse as it is seen through this. */
  public WarehouseEndpoint endpoint() {
    return new WarehouseEndpoint(
        real.jdbcUrl().replace(":" + port + "/", ":" + listener.port() + "/"),
        real.user(),
        real.password());
  }

  /** The next load that comes so far meets this fault. */
  public void strike(WarehouseFault fault) {
    synchronized (waiting) {
      waiting.add(fault);
    }
  }

  /** Whether every fault has struck. */
  public boolean hasStruck() {
    synchronized (waiting) {
      return waiting.isEmpty();
    }
  }

  /** Resets all connections and refuses new ones for so long. */
  public boolean goAway(Duration time) {
    boolean went = listener.goAway(time);
    if (went) {
      strikes.add("away");
    }
    return went;
  }

  /** Whether the fault that waits first is this one; then it waits no longer. */
  private boolean isNow(WarehouseFault fault) {
    synchronized (waiting) {
      if (waiting.peek() != fault) {
        return false;
      }
      waiting.remove();
    }
    strikes.add(fault.toString());
    return true;
  }

  private void serve(Socket client) throws IOException {
    try (Socket server = new Socket("127.0.0.1", port)) {
      server.setTcpNoDelay(true);
      new Connection(client, server).run();
    }
  }

  @Override
  public void close() {
    listener.close();
  }

  /** One client's connection; the proxy's thread reads its client, another one the server. */
  private final class Connection {

    private final Socket client;
    private final Socket server;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** What the server's next answer meets: nothing, or the end of the connection. */
    private final AtomicReference<Optional<WarehouseFault>> atAnswer =
        new AtomicReference<>(Optional.empty());

    /** By the client's name for it: a commit is parsed once and executed often. */
    private final Map<String, String> statements = new HashMap<>();

    private boolean hasCopied;

    Connection(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      this.in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
      this.out = new DataOutputStream(server.getOutputStream());
    }

    void run() throws IOException {
      startUp();
      Thread answers = new Thread(this::passAnswers, "proxy-warehouse-answers");
      answers.setDaemon(true);
      answers.start();
      while (true) {
        int type = in.read();
        if (type < 0) {
          return;
        }
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        judge((char) type, body);
        out.write(frame(type, body));
      }
    }

    /**
     * The first message has no type; two kinds of it ask for encryption, which the server denies.
     */
    private void startUp() throws IOException {
      while (true) {
        int length = in.readInt();
        byte[] body = in.readNBytes(length - Integer.BYTES);
        out.writeInt(length);
        out.write(body);
        int code = ByteBuffer.wrap(body).getInt();
        if (code != SSL_REQUEST && code != GSS_REQUEST) {
          return;
        }
        int denied = server.getInputStream().read();
        client.getOutputStream().write(denied);
      }
    }

    private void judge(char type, byte[] body) throws IOException {
      switch (type) {
        case 'd' -> {
          hasCopied = true;
          if (isNow(WarehouseFault.LOST_IN_COPY)) {
            out.write(frame(type, Arrays.copyOf(body, body.length / 2)));
            throw new HttpFaults.ConnectionLost();
          }
        }
        case 'Q' -> judgeStatement(texts(body)[0]);
        case 'P' -> statements.put(texts(body)[0], texts(body)[1]);
        case 'B' -> judgeStatement(statements.getOrDefault(texts(body)[1], ""));
        default -> {}
      }
    }

    /** A message's first texts, each of which ends with a zero byte. */
    private static String[] texts(byte[] body) {
      return new String(body, StandardCharsets.ISO_8859_1).split("\0", 3);
    }

    private void judgeStatement(String sql) throws IOException {
      if (sql.contains("LOCK TABLE") && isNow(WarehouseFault.LOST_BEFORE_LOAD)) {
        throw new HttpFaults.ConnectionLost();
      }
      if (sql.contains("INSERT INTO invoice_lines") && isNow(WarehouseFault.LOST_AFTER_COPY)) {
        throw new HttpFaults.ConnectionLost();
      }
      if (!sql.contains("COMMIT") || !hasCopied) {
        return;
      }
      if (isNow(WarehouseFault.LOST_BEFORE_COMMIT)) {
        throw new HttpFaults.ConnectionLost();
      }
      for (WarehouseFault fault :
          List.of(WarehouseFault.LOST_AFTER_COMMIT, WarehouseFault.SILENT_AT_COMMIT)) {
        if (isNow(fault)) {
          atAnswer.set(Optional.of(fault));
          return;
        }
      }
    }

    private void passAnswers() {
      byte[] buffer = new byte[BUFFER_BYTES];
      try {
        InputStream from = server.getInputStream();
        while (true) {
          int length = from.read(buffer);
          if (length < 0) {
            throw new EOFException();
          }
          Optional<WarehouseFault> fault = atAnswer.get();
          String answer = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
          if (fault.isEmpty() || !answer.contains("COMMIT\0")) {
            client.getOutputStream().write(buffer, 0, length);
          } else if (fault.get() == WarehouseFault.LOST_AFTER_COMMIT) {
            throw new HttpFaults.ConnectionLost();
          }
        }
      } catch (IOException e) {
        Listener.reset(client);
      }
    }
  }

  private static byte[] frame(int type, byte[] body) {
    return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
        .put((byte) type)
        .putInt(Integer.BYTES + body.length)
        .put(body)
        .array();
  }
}
