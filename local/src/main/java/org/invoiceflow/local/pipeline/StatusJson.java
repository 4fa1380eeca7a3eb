package org.invoiceflow.local.pipeline;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.local.pipeline.PipelineStatus.JobCount;
import org.invoiceflow.model.Violation;

/**
 * The status as JSON, for the page's {@code pipeline.js}. {@code lines} counts lines; {@code
 * waiting_seconds} is absent if nothing waits, {@code age_seconds} if a figure is fresh, so that an
 * idle pipeline gives the same text and its entity tag holds.
 */
final class StatusJson {

  /** A figure that is younger than this counts as fresh. */
  private static final Duration FRESH = Duration.ofSeconds(4);

  /** As much of a rejected payload as a person reads in a table. */
  private static final int PAYLOAD_CHARS = 400;

  private final String mode;
  private final Arrivals accepted;
  private final long rejectedByApi;
  private final JobCount job;
  private final StoreLooks looks;

  StatusJson(String mode, Arrivals accepted, long rejectedByApi, JobCount job, StoreLooks looks) {
    this.mode = mode;
    this.accepted = accepted;
    this.rejectedByApi = rejectedByApi;
    this.job = job;
    this.looks = looks;
  }

  void write(JsonGenerator json, Optional<String> account) throws IOException {
    long raw = looks.lake.latest().raw().lines();
    long duplicatesListed = looks.lake.latest().duplicates().lines();
    json.writeStartObject();
    json.writeStringField("mode", mode);
    json.writeArrayFieldStart("stages");
    stage(json, "accepted", accepted.lines(), Optional.empty(), Optional.empty());
    stage(json, "read", job.received(), passed(job.received()), Optional.empty());
    stage(json, "raw", raw, passed(raw), Optional.of(looks.lake));
    stored(json, "invoices", looks.invoices);
    stage(
        json,
        "customers",
        looks.customers.latest(),
        Optional.empty(),
        Optional.of(looks.customers));
    stored(json, "warehouse", looks.warehouse);
    json.writeEndArray();
    json.writeObjectFieldStart("set_aside");
    json.writeNumberField("rejected_by_api", rejectedByApi);
    json.writeNumberField("rejected", job.rejected());
    json.writeNumberField("conflicting", job.conflicting());
    json.writeNumberField("duplicates", job.duplicates());
    json.writeNumberField("duplicates_from_other_file", duplicatesListed);
    json.writeEndObject();
    writeRejected(json, looks.rejected.latest());
    if (account.isPresent()) {
      json.writeFieldName("account");
      json.writeRawValue(account.get().strip());
    }
    json.writeEndObject();
  }

  /** A store that holds what was not set aside. */
  private void stored(JsonGenerator json, String name, Look<Long> look) throws IOException {
    long lines = look.latest();
    stage(json, name, lines, passed(lines + job.setAside()), Optional.of(look));
  }

  /** Waiting is known of what came through the API only: an import has no arrivals. */
  private Optional<Duration> passed(long lines) {
    return Optional.of(accepted.waiting(lines)).filter(waiting -> !waiting.isZero());
  }

  private static void stage(
      JsonGenerator json,
      String name,
      long lines,
      Optional<Duration> waiting,
      Optional<Look<?>> look)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("stage", name);
    json.writeNumberField("lines", lines);
    if (waiting.isPresent()) {
      seconds(json, "waiting_seconds", waiting.get());
    }
    Optional<Duration> age = look.map(Look::age).filter(old -> old.compareTo(FRESH) > 0);
    if (age.isPresent()) {
      seconds(json, "age_seconds", age.get());
    }
    Optional<String> problem = look.flatMap(Look::problem);
    if (problem.isPresent()) {
      json.writeStringField("problem", problem.get());
    }
    json.writeEndObject();
  }

  private static void seconds(JsonGenerator json, String name, Duration time) throws IOException {
    json.writeFieldName(name);
    json.writeNumber(time.toSeconds() + "." + time.toMillisPart() / 100);
  }

  private static void writeRejected(JsonGenerator json, RejectedLake.Found found)
      throws IOException {
    json.writeObjectFieldStart("rejected");
    json.writeNumberField("count", found.count());
    json.writeObjectFieldStart("by_rule");
    for (Map.Entry<String, Long> rule : found.byRule().entrySet()) {
      json.writeNumberField(rule.getKey(), rule.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("latest");
    for (Rejection rejection : found.latest()) {
      write(json, rejection);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Rejection rejection) throws IOException {
    json.writeStartObject();
    json.writeStringField("source", rejection.record().origin().source());
    json.writeStringField("position", rejection.record().origin().position());
    json.writeStringField(
        "received_at",
        Instant.ofEpochMilli(rejection.record().origin().receivedAtMillis()).toString());
    json.writeArrayFieldStart("reasons");
    for (Violation violation : rejection.violations()) {
      json.writeStartObject();
      json.writeStringField("rule", violation.rule().name());
      json.writeStringField("field", violation.field());
      json.writeStringField("message", violation.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("text", excerpt(rejection.record().payload()));
    json.writeEndObject();
  }

  /** What is no UTF-8 shows as replacement characters. */
  private static String excerpt(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    if (text.length() <= PAYLOAD_CHARS) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(PAYLOAD_CHARS - 1))
            ? PAYLOAD_CHARS - 1
            : PAYLOAD_CHARS;
    return text.substring(0, end) + "\u2026";
  }
}
