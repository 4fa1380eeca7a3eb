package org.invoiceflow.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * Says in a log line which of its members are metrics, in CloudWatch's embedded metric format:
 * CloudWatch reads them out of the log, and the request makes no call for them.
 *
 * <p>Names and dimensions are part of the contract with dashboards and alarms. Every pair of a
 * metric and the values of its dimensions is billed as a metric of its own, so only requests are
 * told apart by status, and no dimension has values that a sender could make up.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">AWS
 *     on the format</a>
 */
final class EmbeddedMetrics {

  static final String NAMESPACE = "invoiceflow";

  /** Dimension: the Lambda function, which tells installations apart. */
  static final String FUNCTION = "function";

  /** Dimension: the route's pattern, or {@code none}. */
  static final String ROUTE = "route";

  /** Dimension: the answer's status; a string, as every dimension. */
  static final String STATUS = "status";

  /** Count: 1. */
  static final String REQUESTS = "requests";

  /** Milliseconds, from the event to the answer. */
  static final String LATENCY = "latency";

  private EmbeddedMetrics() {}

  /**
   * Writes the member {@code _aws}.
   *
   * @param counts members of the line that are metrics by route besides the latency
   */
  static void write(JsonGenerator json, long epochMillis, List<String> counts) throws IOException {
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", epochMillis);
    json.writeArrayFieldStart("CloudWatchMetrics");
    beginDirective(json, FUNCTION, ROUTE, STATUS);
    writeMetric(json, REQUESTS, "Count");
    endDirective(json);
    beginDirective(json, FUNCTION, ROUTE);
    writeMetric(json, LATENCY, "Milliseconds");
    for (String count : counts) {
      writeMetric(json, count, "Count");
    }
    endDirective(json);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void beginDirective(JsonGenerator json, String... dimensions) throws IOException {
    json.writeStartObject();
    json.writeStringField("Namespace", NAMESPACE);
    json.writeArrayFieldStart("Dimensions");
    json.writeArray(dimensions, 0, dimensions.length);
    json.writeEndArray();
    json.writeArrayFieldStart("Metrics");
  }

  private static void writeMetric(JsonGenerator json, String name, String unit) throws IOException {
    json.writeStartObject();
    json.writeStringField("Name", name);
    json.writeStringField("Unit", unit);
    json.writeEndObject();
  }

  private static void endDirective(JsonGenerator json) throws IOException {
    json.writeEndArray();
    json.writeEndObject();
  }
}
