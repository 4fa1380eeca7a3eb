package org.invoiceflow.job.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.invoiceflow.job.metrics.JobMetrics;

/** Remembers the metrics that one operator under test registers. */
public final class Metrics {

  private final Map<String, Metric> byName = new ConcurrentHashMap<>();

  /** The group of a task whose operators' metrics are remembered. */
  public TaskMetricGroup taskGroup() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder().setRegisterConsumer(this::register).build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
  }

  /** What a part of an operator gets, such as the committer of a sink. */
  public MetricGroup publishedGroup() {
    return JobMetrics.group(taskGroup());
  }

  /** Others are not published by the service. */
  private void register(Metric metric, String name, AbstractMetricGroup<?> group) {
    String[] scope = group.getScopeComponents();
    if (scope[scope.length - 1].equals(JobMetrics.GROUP)) {
      byName.put(name, metric);
    }
  }

  /** Of a counter in the group that Managed Service for Apache Flink publishes. */
  public long count(String name) {
    return ((Counter) byName.get(name)).getCount();
  }

  /** Of a gauge in that group. */
  public long gauge(String name) {
    return (Long) ((Gauge<?>) byName.get(name)).getValue();
  }
}
