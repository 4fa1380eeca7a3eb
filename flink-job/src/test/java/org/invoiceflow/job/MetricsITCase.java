package org.invoiceflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.job.testing.Lines.changed;
import static org.invoiceflow.job.testing.Lines.line;
import static org.invoiceflow.job.testing.Lines.lines;
import static org.invoiceflow.job.testing.Lines.record;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.View;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.testing.GraphRun;
import org.invoiceflow.job.testing.MemoryRecords;
import org.invoiceflow.job.views.DynamoDbInvoices;
import org.invoiceflow.job.views.FakeDynamoDb;
import org.invoiceflow.job.views.FakeDynamoDb.Fault;
import org.invoiceflow.job.views.ViewSinks;
import org.invoiceflow.job.views.ViewTables;
import org.invoiceflow.job.warehouse.WarehouseDatabase;
import org.invoiceflow.job.warehouse.WarehouseSink;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run with all its stores publishes below the one group that Managed Service for Apache
 * Flink takes over.
 */
class MetricsITCase {

  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  @TempDir Path staging;

  @Test
  void every_metric_that_has_a_name_is_published_and_tells_what_happened() throws Exception {
    WarehouseDatabase warehouse = WarehouseDatabase.create();
    AtomicInteger puts = new AtomicInteger();
    try (FakeDynamoDb dynamoDb = new FakeDynamoDb()) {
      dynamoDb.meet(
          operation ->
              operation.equals("BatchWriteItem") && puts.incrementAndGet() == 1
                  ? Fault.UNPROCESSED
                  : Fault.NONE);
      ViewTables tables = dynamoDb.viewTables();
      Stores stores =
          Stores.views(
                  new DynamoDbInvoices(tables),
                  ViewSinks.invoices(tables),
                  ViewSinks.customers(tables))
              .withWarehouse(
                  WarehouseSink.of(warehouse.settings(staging).withLoadInterval(Duration.ZERO)));
      GraphRun.in(RuntimeExecutionMode.STREAMING).run(MemoryRecords.of(records(), 20), stores);
    }

    Map<String, Long> published = published();

    Set<String> expected = new TreeSet<>(names());
    for (Rule rule : Rule.values()) {
      expected.add(JobMetrics.REJECTED_BY_RULE + rule);
    }
    assertThat(published.keySet()).isEqualTo(expected);
    assertThat(published)
        .containsEntry(JobMetrics.LINES_READ, 14L)
        .containsEntry(JobMetrics.LINES_ACCEPTED, 12L)
        .containsEntry(JobMetrics.LINES_DUPLICATE, 1L)
        .containsEntry(JobMetrics.LINES_CONFLICTING, 1L)
        .containsEntry(JobMetrics.LINES_REJECTED, 1L)
        .containsEntry(JobMetrics.REJECTED_BY_RULE + Rule.UNREADABLE, 1L)
        .containsEntry(JobMetrics.WAREHOUSE_LINES_LOADED, 12L)
        .containsEntry(JobMetrics.WAREHOUSE_LOADS_FAILED, 0L)
        .containsEntry(JobMetrics.WAREHOUSE_LOADS_UNKNOWN, 0L);
    assertThat(published)
        .containsEntry(JobMetrics.LINES_READ_RATE, 14L)
        .containsEntry(JobMetrics.LINES_REJECTED_RATE, 1L)
        .containsEntry(JobMetrics.LINES_ACCEPTED_RATE, 12L)
        .containsEntry(JobMetrics.LINES_DUPLICATE_RATE, 1L)
        .containsEntry(JobMetrics.LINES_CONFLICTING_RATE, 1L)
        .containsEntry(JobMetrics.VIEW_WRITES_RATE, published.get(JobMetrics.VIEW_WRITES))
        .containsEntry(JobMetrics.VIEW_PUT_ERRORS_RATE, published.get(JobMetrics.VIEW_PUT_ERRORS))
        .containsEntry(JobMetrics.WAREHOUSE_LINES_LOADED_RATE, 12L)
        .containsEntry(JobMetrics.WAREHOUSE_LINES_DIFFERING_RATE, 0L)
        .containsEntry(JobMetrics.WAREHOUSE_LOADS_FAILED_RATE, 0L);
    assertThat(published.get(JobMetrics.VIEW_PUT_ERRORS)).isPositive();
    assertThat(published.get(JobMetrics.WAREHOUSE_LOADS)).isPositive();
  }

  private static List<ReceivedRecord> records() {
    List<InvoiceLine> sent = new ArrayList<>();
    for (int invoice = 0; invoice < 12; invoice++) {
      sent.addAll(lines("5363" + (60 + invoice), 1));
    }
    sent.add(line("536360", 1));
    sent.add(changed(line("536361", 1)));
    List<ReceivedRecord> records = new ArrayList<>();
    for (InvoiceLine line : sent) {
      records.add(record(LineJson.toJson(line)));
    }
    records.add(record("{"));
    return records;
  }

  /** Of all constants but the group and the prefix. */
  private static Set<String> names() throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (Field field : JobMetrics.class.getFields()) {
      Object name = field.get(null);
      if (name instanceof String
          && !name.equals(JobMetrics.GROUP)
          && !name.equals(JobMetrics.REJECTED_BY_RULE)) {
        names.add((String) name);
      }
    }
    return names;
  }

  /** By name, summed over operators and subtasks. */
  private static Map<String, Long> published() {
    Map<String, Long> values = new TreeMap<>();
    REPORTER
        .getMetricsByGroup()
        .forEach(
            (group, metrics) -> {
              String[] scope = group.getScopeComponents();
              if (scope[scope.length - 1].equals(JobMetrics.GROUP)) {
                metrics.forEach((name, metric) -> values.merge(name, value(metric), Long::sum));
              }
            });
    return values;
  }

  /** Of a meter what it measures: all that was counted is in the five minutes that it looks at. */
  private static long value(Metric metric) {
    if (metric instanceof Meter) {
      if (metric instanceof View) {
        ((View) metric).update();
      }
      return Math.round(((Meter) metric).getRate() * JobMetrics.METERED.toSeconds());
    }
    return metric instanceof Counter
        ? ((Counter) metric).getCount()
        : (Long) ((Gauge<?>) metric).getValue();
  }
}
