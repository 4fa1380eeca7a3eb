package org.invoiceflow.loader.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.loader.TestFiles;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.send.GaveUpException;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.SendListener;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.loader.send.SendResult;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Requests against a server that checks signatures as API Gateway does. */
class AwsSignatureTest {

  private static final String REGION = "eu-west-1";
  private static final SignatureCheck CHECK = new SignatureCheck("AKID", "secret/key", REGION);

  @TempDir private Path folder;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private final List<Headers> received = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void every_request_is_signed_with_its_body() throws Exception {
    SendResult result = send(AwsBasicCredentials.create("AKID", "secret/key"), REGION);

    assertThat(complaints).isEmpty();
    assertThat(result.accepted()).isEqualTo(5_000);
    assertThat(received).hasSize((int) result.requests());
  }

  @Test
  void temporary_credentials_carry_their_token_under_the_signature() throws Exception {
    send(AwsSessionCredentials.create("AKID", "secret/key", "session-token"), REGION);

    assertThat(complaints).isEmpty();
    assertThat(received)
        .allSatisfy(
            headers -> {
              assertThat(headers.getFirst("X-Amz-Security-Token")).isEqualTo("session-token");
              assertThat(headers.getFirst("Authorization")).contains(";x-amz-security-token");
            });
  }

  @Test
  void a_server_that_checks_takes_no_other_key_and_no_other_region() {
    for (List<String> wrong :
        List.of(List.of("other", REGION), List.of("secret/key", "us-east-1"))) {
      assertThatThrownBy(() -> send(AwsBasicCredentials.create("AKID", wrong.get(0)), wrong.get(1)))
          .isInstanceOf(GaveUpException.class)
          .hasMessageContaining("status 403");
    }
  }

  @Test
  void a_body_that_is_changed_on_its_way_does_not_match() throws Exception {
    URI endpoint = URI.create("https://x.example/prod/v1/invoice-lines");
    byte[] body = "[{}]".getBytes(UTF_8);
    Headers headers = new Headers();
    AwsSignature.of(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret/key")),
            endpoint,
            Optional.of(REGION))
        .headers(endpoint, body)
        .forEach(headers::set);
    headers.set("Host", "x.example");

    assertThat(CHECK.complaint("POST", "/prod/v1/invoice-lines", headers, body)).isEmpty();
    assertThat(CHECK.complaint("POST", "/prod/v1/invoice-lines", headers, "[{ ]".getBytes(UTF_8)))
        .isEqualTo("the signature does not match");
    assertThat(CHECK.complaint("POST", "/v1/invoice-lines", headers, body))
        .isEqualTo("the signature does not match");
  }

  @Test
  void the_region_stands_in_the_name_of_the_host() {
    assertThat(
            AwsSignature.regionOf(
                URI.create("https://a1b2.execute-api.eu-north-1.amazonaws.com/p")))
        .contains("eu-north-1");
    assertThat(
            AwsSignature.regionOf(URI.create("https://a.execute-api.cn-north-1.amazonaws.com.cn")))
        .contains("cn-north-1");
    assertThat(AwsSignature.regionOf(URI.create("https://invoices.example.org"))).isEmpty();
    assertThat(
            AwsSignature.regionOf(
                URI.create("https://execute-api.eu-north-1.amazonaws.com.example.org")))
        .isEmpty();
  }

  @Test
  void without_credentials_nothing_is_sent() {
    assertThatThrownBy(
            () ->
                AwsSignature.of(
                    () -> {
                      throw SdkClientException.create("no credentials anywhere");
                    },
                    URI.create("https://x.example"),
                    Optional.of(REGION)))
        .isInstanceOf(InputException.class)
        .hasMessage("Requests cannot be signed: no credentials anywhere");
  }

  private SendResult send(AwsCredentials credentials, String region) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prod");
    AwsSignature signature =
        AwsSignature.of(StaticCredentialsProvider.create(credentials), url, Optional.of(region));
    return Loader.create()
        .send(
            SendOptions.of(TestFiles.sample(), url)
                .withRejects(folder.resolve("r.csv"))
                .withAuthorization(signature),
            SendListener.NONE);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String complaint;
    try {
      complaint =
          CHECK.complaint(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              exchange.getRequestHeaders(),
              body);
    } catch (GeneralSecurityException e) {
      complaint = e.toString();
    }
    received.add(exchange.getRequestHeaders());
    if (!complaint.isEmpty()) {
      complaints.add(complaint);
    }
    String answer =
        complaint.isEmpty()
            ? "{\"accepted\":" + LineJson.read(body).lines().size() + ",\"rejected\":[]}"
            : "{\"message\":\"Forbidden\"}";
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(complaint.isEmpty() ? 202 : 403, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
