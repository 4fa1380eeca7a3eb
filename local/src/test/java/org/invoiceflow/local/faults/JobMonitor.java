package org.invoiceflow.local.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** What a job's dashboard says about its checkpoints and failures, asked again and again. */
final class JobMonitor implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI job;
  private final Thread thread = new Thread(this::watch, "job-monitor");

  /** When checkpoints were complete, in milliseconds since 1970. Guarded by this. */
  private final TreeSet<Long> completed = new TreeSet<>();

  JobMonitor(URI webUi, JobID id) {
    this.job = webUi.resolve("/jobs/" + id);
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (true) {
        JsonNode last = ask("/checkpoints").path("latest").path("completed");
        if (last.has("latest_ack_timestamp")) {
          synchronized (this) {
            completed.add(last.get("latest_ack_timestamp").asLong());
          }
        }
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The job has ended, and its cluster with it.
    }
  }

  private JsonNode ask(String path) throws IOException, InterruptedException {
    URI uri = URI.create(job + path);
    return JSON.readTree(
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  /** Number of different checkpoints seen so far. */
  synchronized int checkpoints() {
    return completed.size();
  }

  /** Since the last checkpoint; empty before the first. */
  synchronized Optional<Duration> sinceCheckpoint() {
    return completed.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(System.currentTimeMillis() - completed.last()));
  }

  /** The longest time between two checkpoints that followed each other. */
  synchronized Duration longestGap() {
    long longest = 0;
    long before = completed.isEmpty() ? 0 : completed.first();
    for (long at : completed) {
      longest = Math.max(longest, at - before);
      before = at;
    }
    return Duration.ofMillis(longest);
  }

  /** The job's failures so far, as its dashboard lists them: name of the task, first line. */
  List<String> failures() throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    for (JsonNode entry : entries()) {
      failures.add(
          entry.path("taskName").asText()
              + ": "
              + entry.path("stacktrace").asText().lines().findFirst().orElse(""));
    }
    return failures;
  }

  /** From each failure that the job has seen to its next checkpoint. */
  List<Duration> recoveries() throws IOException, InterruptedException {
    List<Duration> recoveries = new ArrayList<>();
    for (JsonNode entry : entries()) {
      long failed = entry.path("timestamp").asLong();
      synchronized (this) {
        Optional.ofNullable(completed.higher(failed))
            .ifPresent(at -> recoveries.add(Duration.ofMillis(at - failed)));
      }
    }
    return recoveries;
  }

  private JsonNode entries() throws IOException, InterruptedException {
    return ask("/exceptions?maxExceptions=1000").path("exceptionHistory").path("entries");
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
