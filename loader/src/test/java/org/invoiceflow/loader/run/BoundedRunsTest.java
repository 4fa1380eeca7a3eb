package org.invoiceflow.loader.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.invoiceflow.loader.Commands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/** {@code loader import} against a server that answers as Step Functions does. */
class BoundedRunsTest {

  private static final String MACHINE =
      "arn:aws:states:eu-central-1:123456789012:stateMachine:invoiceflow-import";
  private static final String EXECUTION =
      "arn:aws:states:eu-central-1:123456789012:execution:invoiceflow-import:history";
  private static final String STARTED =
      "{\"executionArn\":\"" + EXECUTION + "\",\"startDate\":1700000000}";

  private final List<String> requests = new ArrayList<>();
  private final Queue<String> answers = new ArrayDeque<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer stepFunctions;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    stepFunctions =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stepFunctions.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " " + body);
          String answer = answers.remove();
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.contains("__type") ? 400 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    stepFunctions.start();
  }

  @AfterEach
  void stop() {
    stepFunctions.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void a_run_is_started_with_its_path_its_mode_and_what_is_known_of_the_files() {
    answers.add(STARTED);

    int status =
        command(
            "s3://lake/import/",
            "--run-id",
            "history",
            "--encoding",
            "windows-1252",
            "--separator",
            "tab",
            "--date-format",
            "month-first");

    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualTo("Started run history: " + EXECUTION + "\n");
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0))
        .startsWith("AWSStepFunctions.StartExecution ")
        .contains("\"stateMachineArn\":\"" + MACHINE + "\"", "\"name\":\"history\"")
        .contains("{\\\"path\\\":\\\"s3://lake/import/\\\",\\\"mode\\\":\\\"import\\\"")
        .contains(
            "\\\"options\\\":{\\\"date.format\\\":\\\"month-first\\\","
                + "\\\"encoding\\\":\\\"windows-1252\\\",\\\"separator\\\":\\\"tab\\\"}");
  }

  @Test
  void two_runs_without_a_name_get_different_ones() {
    answers.add(STARTED);
    answers.add(STARTED);

    assertThat(command("s3://lake/raw/", "--mode", "replay")).isZero();
    assertThat(command("s3://lake/raw/", "--mode", "replay")).isZero();

    assertThat(requests.get(0)).contains("replay").isNotEqualTo(requests.get(1));
  }

  @Test
  void waiting_ends_with_the_completion_record() {
    answers.add(STARTED);
    answers.add(described("SUCCEEDED", ",\"output\":\"{\\\"run_id\\\":\\\"history\\\"}\""));

    assertThat(command("s3://lake/import/", "--wait")).as(err.toString()).isZero();

    assertThat(out.toString()).hasLineCount(2).endsWith("{\"run_id\":\"history\"}\n");
  }

  @Test
  void waiting_goes_on_while_the_run_does() throws Exception {
    answers.add(described("RUNNING", ""));
    answers.add(described("RUNNING", ""));
    answers.add(described("SUCCEEDED", ",\"output\":\"{}\""));

    try (BoundedRuns runs = new BoundedRuns(client(), MACHINE, Duration.ofMillis(1))) {
      assertThat(runs.await(EXECUTION)).isEqualTo("{}");
    }

    assertThat(requests).hasSize(3);
  }

  @Test
  void a_run_that_failed_is_told_with_its_reason() {
    answers.add(STARTED);
    answers.add(
        described("FAILED", ",\"error\":\"ImportFailed\",\"cause\":\"The job ended early.\""));

    assertThat(command("s3://lake/import/", "--wait")).isEqualTo(3);

    assertThat(err.toString()).isEqualTo("loader: The run history failed: The job ended early.\n");
  }

  @Test
  void a_run_that_was_stopped_or_took_too_long_is_told_as_such() throws Exception {
    answers.add(described("ABORTED", ""));
    answers.add(described("TIMED_OUT", ""));

    try (BoundedRuns runs = new BoundedRuns(client(), MACHINE, Duration.ofMillis(1))) {
      assertThatThrownBy(() -> runs.await(EXECUTION)).hasMessageContaining("stopped by hand");
      assertThatThrownBy(() -> runs.await(EXECUTION)).hasMessageContaining("took too long");
    }
  }

  @Test
  void a_refusal_is_told_in_one_sentence() {
    answers.add("{\"__type\":\"StateMachineDoesNotExist\",\"message\":\"There is none\"}");

    assertThat(command("s3://lake/import/")).isEqualTo(3);

    assertThat(err.toString())
        .isEqualTo("loader: The run was not started: There is none (status 400).\n");
  }

  @Test
  void a_file_on_this_machine_a_wrong_arn_and_a_wrong_name_are_refused_before() {
    assertThat(command("history.csv")).isEqualTo(2);
    assertThat(command("s3://lake/import/", "--run-id", "a b")).isEqualTo(2);
    assertThat(
            Commands.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "import",
                "s3://lake/import/",
                "--state-machine",
                "invoiceflow-import"))
        .isEqualTo(2);

    assertThat(requests).isEmpty();
    assertThat(err.toString())
        .hasLineCount(3)
        .contains("put the file there first with 'loader upload'", "is no ARN of a state machine");
  }

  private int command(String path, String... more) {
    List<String> args = new ArrayList<>(List.of("import", path, "--state-machine", MACHINE));
    args.addAll(List.of("--endpoint-url", endpoint().toString()));
    args.addAll(List.of(more));
    return Commands.run(
        new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new));
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + stepFunctions.getAddress().getPort());
  }

  private SfnClient client() {
    return SfnClient.builder()
        .region(Region.EU_CENTRAL_1)
        .endpointOverride(endpoint())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static String described(String status, String more) {
    return "{\"executionArn\":\""
        + EXECUTION
        + "\",\"stateMachineArn\":\""
        + MACHINE
        + "\",\"name\":\"history\",\"status\":\""
        + status
        + "\",\"startDate\":1700000000"
        + more
        + "}";
  }
}
