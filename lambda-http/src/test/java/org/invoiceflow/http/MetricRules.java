package org.invoiceflow.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a log line as CloudWatch does, and fails where CloudWatch would drop metrics without a
 * word.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">AWS
 *     on the format</a>
 */
public final class MetricRules {

  /** Of CloudWatch's units those that a request can have. */
  private static final Set<String> UNITS =
      Set.of("Seconds", "Milliseconds", "Microseconds", "Bytes", "Percent", "Count", "None");

  private MetricRules() {}

  /** Metric with its dimensions, such as {@code requests{route=none,status=404}}, to its value. */
  public static Map<String, Double> metricsOf(String logLine) {
    assertThat(logLine).as("one event of the log").doesNotContain("\n", "\r");
    assertThat(logLine.length()).as("CloudWatch's limit of an event").isLessThan(256 * 1024);
    JsonNode root = read(logLine);
    JsonNode meta = root.path("_aws");
    assertThat(meta.path("Timestamp").isIntegralNumber()).as("milliseconds as a number").isTrue();
    Instant time = Instant.ofEpochMilli(meta.get("Timestamp").asLong());
    assertThat(time)
        .isBetween(Instant.now().minusSeconds(14 * 86_400L), Instant.now().plusSeconds(7_200));
    assertThat(meta.path("CloudWatchMetrics").isArray()).isTrue();
    Map<String, Double> found = new TreeMap<>();
    meta.get("CloudWatchMetrics").forEach(directive -> read(root, directive, found));
    assertThat(found).isNotEmpty();
    return found;
  }

  private static void read(JsonNode root, JsonNode directive, Map<String, Double> found) {
    assertThat(fieldNames(directive))
        .containsExactlyInAnyOrder("Namespace", "Dimensions", "Metrics");
    assertThat(directive.get("Namespace").asText())
        .matches("[A-Za-z0-9._/#:-]{1,255}")
        .doesNotStartWith(":")
        .doesNotStartWith("AWS/");
    JsonNode metrics = directive.get("Metrics");
    assertThat(metrics.isArray()).isTrue();
    assertThat(metrics.size()).isBetween(1, 100);
    assertThat(directive.get("Dimensions").isArray()).isTrue();
    assertThat(directive.get("Dimensions").size()).isPositive();
    for (JsonNode set : directive.get("Dimensions")) {
      String dimensions = dimensions(root, set);
      for (JsonNode metric : metrics) {
        found.put(metric.get("Name").asText() + dimensions, value(root, metric));
      }
    }
  }

  private static String dimensions(JsonNode root, JsonNode set) {
    assertThat(set.isArray()).isTrue();
    assertThat(set.size()).isLessThanOrEqualTo(30);
    Set<String> names = new HashSet<>();
    List<String> pairs = new ArrayList<>();
    for (JsonNode name : set) {
      assertThat(name.asText()).isNotEmpty().hasSizeLessThanOrEqualTo(250).doesNotStartWith(":");
      assertThat(names.add(name.asText())).as("named once").isTrue();
      JsonNode value = root.path(name.asText());
      assertThat(value.isTextual()).as("the dimension %s is a string of the root", name).isTrue();
      assertThat(value.asText()).isNotBlank().hasSizeLessThanOrEqualTo(1_024);
      pairs.add(name.asText() + "=" + value.asText());
    }
    return "{" + String.join(",", pairs) + "}";
  }

  private static double value(JsonNode root, JsonNode metric) {
    assertThat(fieldNames(metric)).contains("Name").isSubsetOf("Name", "Unit", "StorageResolution");
    assertThat(metric.get("Name").asText()).isNotEmpty().hasSizeLessThanOrEqualTo(1_024);
    assertThat(UNITS).contains(metric.get("Unit").asText());
    JsonNode value = root.path(metric.get("Name").asText());
    assertThat(value.isNumber()).as("the metric %s is a number of the root", metric).isTrue();
    return value.asDouble();
  }

  private static List<String> fieldNames(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode read(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
