package org.invoiceflow.loader.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.invoiceflow.loader.Commands;
import org.invoiceflow.loader.TestFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code loader upload} against a server that takes what S3 would take. */
class S3UploadTest {

  private static final String GOOD = "1,a,d,1,12/31/2010 8:26,1,,x";

  @TempDir private Path folder;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer s3;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s3.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean refused = exchange.getRequestURI().getPath().startsWith("/forbidden/");
          byte[] answer =
              (refused
                      ? "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
                      : "")
                  .getBytes(StandardCharsets.UTF_8);
          if (!refused) {
            objects.put(exchange.getRequestMethod() + " " + exchange.getRequestURI(), body);
          }
          exchange.sendResponseHeaders(refused ? 403 : 200, refused ? answer.length : -1);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    s3.start();
  }

  @AfterEach
  void stop() {
    s3.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void the_file_lies_under_the_prefix_byte_for_byte() throws IOException {
    Path file = TestFiles.csv(folder, "f.csv", GOOD);

    assertThat(upload(file, "lake")).isZero();

    assertThat(out.toString()).isEqualTo("s3://lake/import/f.csv\n");
    assertThat(objects).containsOnlyKeys("PUT /lake/import/f.csv");
    assertThat(objects.get("PUT /lake/import/f.csv")).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void a_packed_file_stays_packed() throws IOException {
    Path plain = TestFiles.csv(folder, "f.csv", GOOD);
    Path file = Files.write(folder.resolve("f.csv.gz"), TestFiles.gzip(Files.readAllBytes(plain)));

    assertThat(upload(file, "lake", "--prefix", "import/2026")).isZero();

    assertThat(objects.get("PUT /lake/import/2026/f.csv.gz")).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void a_file_that_the_import_could_not_read_is_refused_before() throws IOException {
    assertThat(upload(TestFiles.write(folder, "f.csv", "a,b\n1,2\n"), "lake")).isEqualTo(2);
    assertThat(upload(TestFiles.csv(folder, "f.txt", GOOD), "lake")).isEqualTo(2);
    assertThat(upload(TestFiles.csv(folder, "f.csv.gz", GOOD), "lake")).isEqualTo(2);
    assertThat(upload(TestFiles.write(folder, "e.csv", "{}"), "lake")).isEqualTo(2);

    assertThat(upload(TestFiles.csv(folder, "_f.csv", GOOD), "lake")).isEqualTo(2);

    assertThat(objects).isEmpty();
    assertThat(err.toString()).hasLineCount(5).contains("call it something.csv.");
  }

  @Test
  void a_refusal_of_s3_is_told_in_one_sentence() throws IOException {
    assertThat(upload(TestFiles.csv(folder, "f.csv", GOOD), "forbidden")).isEqualTo(3);

    assertThat(err.toString())
        .isEqualTo("loader: S3 refused s3://forbidden/import/f.csv: Access Denied (status 403).\n");
  }

  private int upload(Path file, String bucket, String... more) {
    String[] args = new String[8 + more.length];
    args[0] = "upload";
    args[1] = file.toString();
    args[2] = "--bucket";
    args[3] = bucket;
    args[4] = "--endpoint-url";
    args[5] = "http://127.0.0.1:" + s3.getAddress().getPort();
    args[6] = "--region";
    args[7] = "us-east-1";
    System.arraycopy(more, 0, args, 8, more.length);
    return Commands.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
