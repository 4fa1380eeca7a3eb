package org.invoiceflow.local.faults.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1, its body whole and not chunked. Headers stay as they were
 * written, since signatures cover them.
 */
public final class HttpMessage {

  private static final String CONTENT_LENGTH = "content-length";
  private static final String TRANSFER_ENCODING = "transfer-encoding";

  private final String startLine;
  private final List<String> headers;
  private final byte[] body;
  private final boolean isBodyLeftOut;

  private HttpMessage(String startLine, List<String> headers, byte[] body, boolean leftOut) {
    this.startLine = startLine;
    this.headers = List.copyOf(headers);
    this.body = body;
    this.isBodyLeftOut = leftOut;
  }

  /** An answer with this body. */
  public static HttpMessage answer(int status, String contentType, byte[] body) {
    return new HttpMessage(
        "HTTP/1.1 " + status + " -", List.of("Content-Type: " + contentType), body, false);
  }

  /**
   * Empty at the end of the connection.
   *
   * @param client is told to go on if it waits for leave to send its body
   */
  static Optional<HttpMessage> readRequest(InputStream in, OutputStream client) throws IOException {
    Optional<String> startLine = readLine(in);
    if (startLine.isEmpty()) {
      return Optional.empty();
    }
    HttpMessage head = readHead(startLine.get(), in, false);
    if (head.header("expect").isPresent()) {
      client.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      client.flush();
    }
    return Optional.of(head.minus("expect").readBody(in));
  }

  /** The final answer to {@code request}; interim ones are passed over. */
  static HttpMessage readAnswer(InputStream in, HttpMessage request) throws IOException {
    while (true) {
      String startLine = readLine(in).orElseThrow(EOFException::new);
      boolean withoutBody =
          request.method().equals("HEAD") || startLine.matches("\\S+ (1..|204|304).*");
      HttpMessage answer = readHead(startLine, in, withoutBody).readBody(in);
      if (answer.status() / 100 != 1) {
        return answer;
      }
    }
  }

  private static HttpMessage readHead(String startLine, InputStream in, boolean withoutBody)
      throws IOException {
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    return new HttpMessage(startLine, headers, new byte[0], withoutBody);
  }

  private HttpMessage readBody(InputStream in) throws IOException {
    if (isBodyLeftOut) {
      return this;
    }
    if (header(TRANSFER_ENCODING).orElse("").equalsIgnoreCase("chunked")) {
      return with(readChunks(in));
    }
    int length = header(CONTENT_LENGTH).map(Integer::parseInt).orElse(0);
    byte[] read = in.readNBytes(length);
    if (read.length < length) {
      throw new EOFException();
    }
    return new HttpMessage(startLine, headers, read, false);
  }

  private static byte[] readChunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).replaceFirst(";.*", "").strip(), 16);
      body.write(in.readNBytes(size));
      // The end of the chunk, or of an empty trailer.
      line(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    return readLine(in).orElseThrow(EOFException::new);
  }

  private static Optional<String> readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        if (line.size() == 0) {
          return Optional.empty();
        }
        throw new EOFException();
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return Optional.of(line.toString(StandardCharsets.ISO_8859_1));
  }

  /** Such as {@code PUT /bucket/key?partNumber=1 HTTP/1.1}. */
  public String startLine() {
    return startLine;
  }

  /** Of a request: {@code PUT}. */
  public String method() {
    return startLine.substring(0, startLine.indexOf(' '));
  }

  /** Of a request: path and query. */
  public String target() {
    return startLine.split(" ")[1];
  }

  /** Of an answer. */
  public int status() {
    return Integer.parseInt(startLine.split(" ")[1]);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(header -> header.substring(prefix.length()).strip())
        .findFirst();
  }

  public byte[] body() {
    return body.clone();
  }

  /** With this header besides the others. */
  public HttpMessage plus(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name + ": " + value);
    return new HttpMessage(startLine, more, body, isBodyLeftOut);
  }

  /** Without a header. */
  public HttpMessage minus(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    List<String> fewer =
        headers.stream().filter(h -> !h.toLowerCase(Locale.ROOT).startsWith(prefix)).toList();
    return new HttpMessage(startLine, fewer, body, isBodyLeftOut);
  }

  /** With another body, and the length of it. */
  public HttpMessage with(byte[] otherBody) {
    HttpMessage bare = minus(CONTENT_LENGTH).minus(TRANSFER_ENCODING);
    return new HttpMessage(startLine, bare.headers, otherBody, isBodyLeftOut);
  }

  /** As the answer to {@code request}: to a HEAD, without its body. */
  HttpMessage to(HttpMessage request) {
    return request.method().equals("HEAD")
        ? new HttpMessage(startLine, headers, new byte[0], true)
        : this;
  }

  boolean endsConnection() {
    return header("connection").orElse("").equalsIgnoreCase("close");
  }

  /** In one piece, so that small messages do not wait for acknowledgements. */
  void writeTo(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder(startLine).append("\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (!isBodyLeftOut && header(CONTENT_LENGTH).isEmpty()) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.write(body);
    bytes.writeTo(out);
    out.flush();
  }
}
