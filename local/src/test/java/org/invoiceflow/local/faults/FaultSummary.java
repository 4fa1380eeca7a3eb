package org.invoiceflow.local.faults;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The figures of many runs.
 *
 * @param commit that was tried
 * @param seed with which the execution was started
 */
record FaultSummary(String commit, Instant started, long seed, List<FaultRun> runs) {

  private static final JsonFactory JSON = new JsonFactory();

  FaultSummary {
    runs = List.copyOf(runs);
  }

  /** With the suites' own figures, for people. */
  String toJson() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      write(json);
    }
    return text.toString();
  }

  /** The same in one line. */
  String toJsonLine() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json);
    }
    return text.toString();
  }

  /** How many characters of the line say which execution it is of: commit and start. */
  int lengthOfIdentity() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      writeIdentity(json);
      json.flush();
      return text.getBuffer().length();
    }
  }

  private void writeIdentity(JsonGenerator json) throws IOException {
    json.writeStringField("commit", commit);
    json.writeStringField("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    writeIdentity(json);
    json.writeNumberField("seed", seed);
    json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
    writeFigures(json, runs);
    json.writeArrayFieldStart("failed_seeds");
    for (long seed :
        runs.stream().filter(r -> !r.passed()).mapToLong(FaultRun::seed).distinct().toArray()) {
      json.writeNumber(seed);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("failed");
    for (FaultRun run : runs) {
      if (!run.passed()) {
        writeFailed(json, run);
      }
    }
    json.writeEndArray();
    json.writeObjectFieldStart("suites");
    Map<String, List<FaultRun>> suites =
        runs.stream()
            .collect(Collectors.groupingBy(FaultRun::suite, TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<FaultRun>> suite : suites.entrySet()) {
      json.writeObjectFieldStart(suite.getKey());
      writeFigures(json, suite.getValue());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeFigures(JsonGenerator json, List<FaultRun> runs) throws IOException {
    json.writeNumberField("runs", runs.size());
    json.writeNumberField("kill_runs", runs.stream().filter(FaultRun::isKill).count());
    json.writeNumberField(
        "kills", runs.stream().filter(FaultRun::isKill).mapToInt(FaultRun::strikes).sum());
    json.writeNumberField("strikes", runs.stream().mapToInt(FaultRun::strikes).sum());
    json.writeNumberField("lost", runs.stream().mapToLong(FaultRun::lost).sum());
    json.writeNumberField("duplicated", runs.stream().mapToLong(FaultRun::duplicated).sum());
    List<Duration> recoveries =
        runs.stream().flatMap(run -> run.recoveries().stream()).sorted().toList();
    json.writeNumberField("recoveries", recoveries.size());
    if (!recoveries.isEmpty()) {
      json.writeNumberField("recovery_p50_ms", percentile(recoveries, 50).toMillis());
      json.writeNumberField("recovery_p95_ms", percentile(recoveries, 95).toMillis());
    }
  }

  private static void writeFailed(JsonGenerator json, FaultRun run) throws IOException {
    json.writeStartObject();
    json.writeStringField("suite", run.suite());
    json.writeStringField("name", run.name());
    json.writeNumberField("seed", run.seed());
    json.writeNumberField("lost", run.lost());
    json.writeNumberField("duplicated", run.duplicated());
    json.writeArrayFieldStart("findings");
    for (String finding : run.findings()) {
      json.writeString(finding);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Nearest rank. */
  private static Duration percentile(List<Duration> sorted, int percent) {
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
