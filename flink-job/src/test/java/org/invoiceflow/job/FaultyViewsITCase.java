package org.invoiceflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.invoiceflow.job.testing.Lines.lines;
import static org.invoiceflow.job.testing.Lines.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.testing.GraphRun;
import org.invoiceflow.job.testing.MemoryRecords;
import org.invoiceflow.job.testing.MemoryStores;
import org.invoiceflow.job.testing.RandomInvoices;
import org.invoiceflow.job.views.DynamoDbInvoices;
import org.invoiceflow.job.views.FakeDynamoDb;
import org.invoiceflow.job.views.FakeDynamoDb.Fault;
import org.invoiceflow.job.views.ViewSinks;
import org.invoiceflow.job.views.ViewTables;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The graph with the real clients of DynamoDB, reader and sinks, against a server with faults. */
class FaultyViewsITCase {

  /** At most; each costs seconds: closing the sinks' clients takes that long. */
  private static final int CRASHES = 8;

  @RegisterExtension static final MiniClusterExtension CLUSTER = GraphRun.cluster();

  private FakeDynamoDb dynamoDb;

  @BeforeEach
  void start() throws Exception {
    dynamoDb = new FakeDynamoDb();
  }

  @AfterEach
  void stop() {
    dynamoDb.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void when_a_run_is_quiet_every_item_holds_its_newest_content(RuntimeExecutionMode mode)
      throws Exception {
    long seed = System.nanoTime();
    RandomInvoices invoices = RandomInvoices.of(seed);
    dynamoDb.meet(
        seeded(
            seed,
            Fault.UNPROCESSED,
            Fault.THROTTLED,
            Fault.SERVER_ERROR,
            Fault.CONNECTION_LOST,
            Fault.ANSWER_LOST));

    assertThatNoException()
        .as("seed %d", seed)
        .isThrownBy(
            () -> GraphRun.in(mode).run(MemoryRecords.of(invoices.records(), 200), stores()));

    assertHolds(invoices.lines(), "seed " + seed);
    assertThat(dynamoDb.shrunk()).as("puts that took lines away, seed %d", seed).isZero();
  }

  @Test
  void items_that_are_left_unprocessed_or_written_late_are_written_in_their_order()
      throws Exception {
    List<InvoiceLine> all = new ArrayList<>();
    List<ReceivedRecord> records = new ArrayList<>();
    for (int lineNo = 1; lineNo <= 40; lineNo++) {
      for (int invoice = 0; invoice < 10; invoice++) {
        InvoiceLine line = lines("53636" + invoice, lineNo).get(0);
        all.add(line);
        records.add(record(LineJson.toJson(line)));
      }
    }
    Random random = new Random(7);
    dynamoDb.meet(
        operation -> {
          if (!operation.equals("BatchWriteItem")) {
            return Fault.NONE;
          }
          // Fewer than half unprocessed: the sink answers to them with smaller batches and less in
          // flight.
          return chance(random, 0.4)
              ? Fault.LATE
              : chance(random, 0.2) ? Fault.UNPROCESSED : Fault.NONE;
        });

    GraphRun.in(RuntimeExecutionMode.STREAMING).run(MemoryRecords.of(records, 400), stores());

    assertHolds(all, "unprocessed and late");
    assertThat(dynamoDb.shrunk()).as("puts that took lines away").isZero();
    assertThat(dynamoDb.met(Fault.UNPROCESSED)).isPositive();
    assertThat(dynamoDb.met(Fault.LATE)).isPositive();
  }

  /** What had been put before the checkpoint is not put again over what came after it. */
  @Test
  void after_a_crash_no_older_content_is_put_over_a_newer_one() throws Exception {
    List<InvoiceLine> all = new ArrayList<>();
    List<ReceivedRecord> records = new ArrayList<>();
    for (int lineNo = 1; lineNo <= 60; lineNo++) {
      for (int invoice = 0; invoice < 20; invoice++) {
        InvoiceLine line = lines("5363" + (60 + invoice), lineNo).get(0);
        all.add(line);
        records.add(record(LineJson.toJson(line)));
      }
    }
    AtomicInteger writes = new AtomicInteger();
    dynamoDb.meet(
        operation ->
            operation.equals("BatchWriteItem")
                    && writes.incrementAndGet() % 6 == 0
                    && dynamoDb.met(Fault.INVALID) < CRASHES
                ? Fault.INVALID
                : Fault.NONE);

    GraphRun.in(RuntimeExecutionMode.STREAMING)
        .with(restarts(100))
        .run(MemoryRecords.of(records, 400), stores());

    assertHolds(all, "after the crashes");
    assertThat(dynamoDb.met(Fault.INVALID)).as("crashes").isPositive();
    assertThat(dynamoDb.shrunk()).as("puts that took lines away").isZero();
  }

  /** Else nobody would see that nothing is written any more. */
  @Test
  void a_right_that_is_lost_during_the_run_fails_the_job_instead_of_hanging_it() throws Exception {
    List<ReceivedRecord> records = new ArrayList<>();
    for (InvoiceLine line : lines("536365", 1, 2, 3)) {
      records.add(record(LineJson.toJson(line)));
    }
    dynamoDb.meet(operation -> operation.equals("BatchWriteItem") ? Fault.DENIED : Fault.NONE);
    Configuration impatient = new Configuration();
    impatient.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMillis(500));

    assertThatThrownBy(
            () ->
                GraphRun.in(RuntimeExecutionMode.STREAMING)
                    .with(impatient)
                    .run(MemoryRecords.of(records, 1), stores()))
        .hasStackTraceContaining("Checkpoint expired before completing");
  }

  private Stores stores() {
    ViewTables tables = dynamoDb.viewTables();
    return Stores.views(
        new DynamoDbInvoices(tables), ViewSinks.invoices(tables), ViewSinks.customers(tables));
  }

  private static Configuration restarts(int attempts) {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
    // Long enough for a request of the attempt that died to be through: what it does to a later one
    // is a limit that ADR 0010 names.
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(500));
    return configuration;
  }

  /** One request of five meets one of these. */
  private static FakeDynamoDb.Faults seeded(long seed, Fault... faults) {
    Random random = new Random(seed);
    return operation -> chance(random, 0.2) ? faults[random.nextInt(faults.length)] : Fault.NONE;
  }

  private static boolean chance(Random random, double share) {
    return random.nextDouble() < share;
  }

  private void assertHolds(List<InvoiceLine> lines, String run) {
    MemoryStores truth = MemoryStores.holding(lines);
    assertThat(dynamoDb.parts()).as("invoices view, %s", run).isEqualTo(truth.parts());
    Map<String, Map<String, AttributeValue>> rows = new TreeMap<>();
    truth.customerRows().forEach((key, summary) -> rows.put(key, FakeDynamoDb.row(summary)));
    assertThat(dynamoDb.customerRows()).as("customers view, %s", run).isEqualTo(rows);
  }
}
