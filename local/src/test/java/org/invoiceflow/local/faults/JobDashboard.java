package org.invoiceflow.local.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** What Flink's REST interface says about one job. */
final class JobDashboard {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI job;

  JobDashboard(URI webUi, JobID id) {
    this.job = webUi.resolve("/jobs/" + id);
  }

  /**
   * A failure of the job.
   *
   * @param millis when, since 1970
   * @param task empty if it was none
   * @param stackTrace with all causes
   */
  record Failure(long millis, String task, String stackTrace) {

    private static final List<String> SIGNS_OF_A_STARVED_CLUSTER =
        List.of("AskTimeoutException", "TimeoutException: Invocation of [", "Heartbeat of ");

    boolean isStrike() {
      return stackTrace.contains(StrikeException.class.getName());
    }

    /** Whether parts of the cluster did not hear of each other for too long. */
    boolean isOfStarvedCluster() {
      return SIGNS_OF_A_STARVED_CLUSTER.stream().anyMatch(stackTrace::contains);
    }

    @Override
    public String toString() {
      return task + ": " + stackTrace.lines().findFirst().orElse("");
    }
  }

  /** The job's failures so far, as many as the cluster remembers. */
  List<Failure> failures() throws IOException, InterruptedException {
    List<Failure> failures = new ArrayList<>();
    JsonNode entries = ask("/exceptions?maxExceptions=1000").path("exceptionHistory");
    for (JsonNode entry : entries.path("entries")) {
      failures.add(
          new Failure(
              entry.path("timestamp").asLong(),
              entry.path("taskName").asText(),
              entry.path("stacktrace").asText()));
    }
    return failures;
  }

  /** When the latest checkpoint was complete, in milliseconds since 1970; empty before it. */
  Optional<Long> latestCheckpoint() throws IOException, InterruptedException {
    JsonNode last = ask("/checkpoints").path("latest").path("completed");
    return Optional.of(last.path("latest_ack_timestamp"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asLong);
  }

  private JsonNode ask(String path) throws IOException, InterruptedException {
    URI uri = URI.create(job + path);
    return JSON.readTree(
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }
}
