package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.invoiceflow.loader.auth.Authorization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ApiClientTest {

  private static final String BODY = "[]";
  private static final String HEADERS = "HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n";

  @Test
  @Timeout(60)
  void a_service_that_falls_silent_within_its_answer_is_not_waited_for_for_ever() throws Exception {
    ExecutorService server = Executors.newSingleThreadExecutor();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String beginning : new String[] {"", "HTTP/1.1 202", HEADERS, HEADERS + "{\"accepted"}) {
        Future<Integer> end = server.submit(() -> answer(socket, beginning));
        URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1/invoice-lines");
        ApiClient client =
            new ApiClient(url, Authorization.none(), Clock.systemUTC(), Duration.ofSeconds(1));

        Reply reply = client.post(BODY.getBytes(StandardCharsets.UTF_8), 0);

        assertThat(reply)
            .asInstanceOf(type(Reply.Later.class))
            .extracting(Reply.Later::reason)
            .isEqualTo("no whole answer within 1 s");
        assertThat(end.get()).as("the connection is closed").isNegative();
      }
    } finally {
      server.shutdownNow();
    }
  }

  /** Reads a request, begins to answer, and waits for the client to hang up. */
  private static int answer(ServerSocket server, String beginning) throws IOException {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      StringBuilder request = new StringBuilder();
      while (!request.toString().endsWith("\r\n\r\n" + BODY)) {
        request.append((char) in.read());
      }
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      return in.read();
    }
  }
}
