package org.invoiceflow.local.job;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Hands a cluster's operator counters to its {@link JobCounters}. Flink finds it as a service. */
public final class CountingReporterFactory implements MetricReporterFactory {

  static final String CLUSTER_ID = "cluster.id";

  private static final String OPERATOR_NAME = "<operator_name>";

  /** 0, and one more with each restart of the task. */
  private static final String ATTEMPT = "<task_attempt_num>";

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    JobCounters counters = JobCounters.ofCluster(properties.getProperty(CLUSTER_ID, ""));
    return new Reporter(counters);
  }

  private record Reporter(JobCounters counters) implements MetricReporter {

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
      Map<String, String> variables = group.getAllVariables();
      String operator = variables.get(OPERATOR_NAME);
      if (operator != null && metric instanceof Counter counter) {
        counters.add(counter, operator, name);
        counters.attempt(Integer.parseInt(variables.getOrDefault(ATTEMPT, "0")));
      }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
      if (metric instanceof Counter counter) {
        counters.remove(counter);
      }
    }
  }
}
