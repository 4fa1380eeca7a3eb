package org.invoiceflow.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.invoiceflow.http.Answer;
import org.invoiceflow.model.JsonLine;
import org.invoiceflow.model.Violation;

/** The answer's body: how many lines were accepted, and what is wrong with each of the others. */
final class Verdict {

  /**
   * Most broken rules named for one line. A line cannot break more by its known fields; but one
   * line of a hundred thousand unknown fields would make an answer that the gateway cannot pass on.
   */
  static final int MAX_VIOLATIONS = 20;

  private Verdict() {}

  static Answer answer(int status, int accepted, List<JsonLine> rejected) {
    return Answer.json(
        status,
        json -> {
          json.writeStartObject();
          json.writeNumberField("accepted", accepted);
          json.writeArrayFieldStart("rejected");
          for (JsonLine line : rejected) {
            write(json, line);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, JsonLine line) throws IOException {
    List<Violation> violations = line.result().violations();
    json.writeStartObject();
    json.writeNumberField("index", line.index());
    json.writeArrayFieldStart("violations");
    for (Violation violation : violations.subList(0, Math.min(MAX_VIOLATIONS, violations.size()))) {
      json.writeStartObject();
      json.writeStringField("rule", violation.rule().name());
      json.writeStringField("field", violation.field());
      json.writeStringField("message", violation.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (violations.size() > MAX_VIOLATIONS) {
      json.writeNumberField("violations_left_out", violations.size() - MAX_VIOLATIONS);
    }
    json.writeEndObject();
  }
}
