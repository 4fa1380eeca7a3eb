package org.invoiceflow.local.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.terraform.AppliedTerraform.list;
import static org.invoiceflow.local.terraform.StateMachine.object;

import com.dashjoin.jsonata.json.Json;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.invoiceflow.job.metrics.JobMetrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms and dashboard look at metrics that there are. */
class WatchedMetricsITCase {

  private static final String NAMESPACE = "AWS/KinesisAnalytics";

  /**
   * What the service publishes of an application, from "Metrics and dimensions in Managed Service
   * for Apache Flink"; the rest is the job's own.
   */
  private static final Set<String> OF_THE_SERVICE =
      Set.of(
          "downtime",
          "fullRestarts",
          "numberOfFailedCheckpoints",
          "lastCheckpointDuration",
          "lastCheckpointSize",
          "millisBehindLatest",
          "cpuUtilization",
          "heapMemoryUtilization",
          "KPUs");

  @ParameterizedTest
  @ValueSource(strings = {"by_default", "without_warehouse"})
  void every_watched_metric_of_the_job_is_one_that_it_publishes(String run) throws Exception {
    AppliedTerraform terraform = AppliedTerraform.of(run);
    Set<String> watched = watchedByAlarms(terraform);
    assertThat(watched).isNotEmpty();
    watched.addAll(watchedByDashboard(terraform));
    watched.removeAll(OF_THE_SERVICE);

    assertThat(published()).containsAll(watched);
  }

  /** Its alarms would otherwise never sound, and nobody would notice. */
  @Test
  void what_must_not_be_missed_has_an_alarm() throws Exception {
    assertThat(watchedByAlarms(AppliedTerraform.of("by_default")))
        .contains(
            JobMetrics.LINES_REJECTED_RATE,
            JobMetrics.LINES_CONFLICTING_RATE,
            JobMetrics.VIEW_PUT_ERRORS_RATE,
            JobMetrics.WAREHOUSE_LOADS_FAILED_RATE,
            JobMetrics.WAREHOUSE_LINES_DIFFERING_RATE,
            JobMetrics.WAREHOUSE_OLDEST_WAITING_AGE);
  }

  /** Alarms turn a rate into a number of events. */
  @Test
  void alarms_count_over_the_time_that_a_meter_looks_back_at() throws Exception {
    Set<String> expressions = new TreeSet<>();
    for (Map<String, Object> alarm : alarms(AppliedTerraform.of("by_default"))) {
      for (Object query : list(alarm.get("metric_query"))) {
        Object expression = object(query).get("expression");
        if (expression instanceof String text && !text.isEmpty()) {
          expressions.add(text);
        }
      }
    }

    assertThat(expressions)
        .containsExactlyInAnyOrder("DIFF(FILL(m, 0))", "m * " + JobMetrics.METERED.toSeconds());
  }

  private static List<Map<String, Object>> alarms(AppliedTerraform terraform) {
    return terraform.resources("aws_cloudwatch_metric_alarm");
  }

  private static Set<String> watchedByAlarms(AppliedTerraform terraform) {
    Set<String> names = new TreeSet<>();
    for (Map<String, Object> alarm : alarms(terraform)) {
      addIfOurs(alarm.get("namespace"), alarm.get("metric_name"), names);
      for (Object query : list(alarm.get("metric_query"))) {
        for (Object one : list(object(query).get("metric"))) {
          Map<String, Object> metric = object(one);
          addIfOurs(metric.get("namespace"), metric.get("metric_name"), names);
        }
      }
    }
    return names;
  }

  private static Set<String> watchedByDashboard(AppliedTerraform terraform) {
    Set<String> names = new TreeSet<>();
    Map<String, Object> dashboard =
        terraform.resource("module.monitoring.aws_cloudwatch_dashboard.pipeline");
    Object body = Json.parseJson(String.valueOf(dashboard.get("dashboard_body")));
    for (Object widget : list(object(body).get("widgets"))) {
      for (Object metric : list(object(object(widget).get("properties")).get("metrics"))) {
        if (list(metric).get(0) instanceof String namespace) {
          addIfOurs(namespace, list(metric).get(1), names);
        }
      }
    }
    assertThat(names).isNotEmpty();
    return names;
  }

  private static void addIfOurs(
      @Nullable Object namespace, @Nullable Object name, Set<String> names) {
    if (NAMESPACE.equals(namespace)) {
      names.add(String.valueOf(name));
    }
  }

  private static Set<String> published() throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (Field field : JobMetrics.class.getFields()) {
      if (field.get(null) instanceof String name) {
        names.add(name);
      }
    }
    names.remove(JobMetrics.GROUP);
    return names;
  }
}
