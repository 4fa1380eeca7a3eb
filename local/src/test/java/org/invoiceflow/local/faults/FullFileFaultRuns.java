package org.invoiceflow.local.faults;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.SendListener;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.loader.send.SendResult;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.stores.CustomersView;
import org.invoiceflow.local.stores.Exports;
import org.invoiceflow.local.stores.InvoicesView;
import org.invoiceflow.local.stores.WarehouseReader;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.local.testing.TruthAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The full real file, sent by the loader over gateway and Kinesis into a job that loses its task
 * manager, and with it all its tasks, every 5 seconds.
 */
@ExtendWith(UnjudgedRuns.class)
class FullFileFaultRuns {

  private static final String SUITE = "full-file";
  private static final int LINES = 541_909;
  private static final int SHARDS = 32;

  /** If a recovery takes longer, the next crash follows it at once. */
  private static final Duration BETWEEN_CRASHES = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @TempDir Path folder;

  @Test
  void the_full_file_with_a_crash_every_five_seconds_gives_the_truth() throws Exception {
    Path file = TruthAssertions.dataFolder().resolve("online_retail.csv.gz");
    FaultLog.begin(SUITE, FaultSettings.current().seed(), false);
    Endpoints stores = SharedStandins.emptyStores(SHARDS);
    Map<String, Properties> groups = JobProperties.stream(stores);
    groups.get("source").setProperty("poll.interval.ms", "1000");
    ExecutorService sending = Executors.newSingleThreadExecutor();
    try (KinesisClient kinesis = stores.kinesis().client();
        Gateway gateway =
            Gateway.start(
                0,
                new IngestHandler(kinesis, stores.kinesis().stream()),
                (event, context) -> new APIGatewayV2HTTPResponse());
        KillableJob job = new KillableJob(stores, folder, groups);
        StoreProgress progress = new StoreProgress(stores)) {
      job.startFrom(
          Optional.empty(),
          ClusterSettings.usual().withEndlessRestarts(),
          List.of("-Xmx1200m", "-XX:+UseSerialGC"));
      job.awaitCheckpoints(1);
      long start = System.nanoTime();
      CompletableFuture<SendResult> sent =
          CompletableFuture.supplyAsync(() -> send(file, gateway), sending);
      int crashes = crashUntilStored(job, progress, start + PATIENCE.toNanos());
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      long accepted = sent.join().accepted();
      Arrivals.await(() -> job.child().isAlive(), progress, accepted, LINES);
      judge(stores, progress, accepted, crashes, duration, job.recoveries());
    } finally {
      sending.shutdownNow();
    }
  }

  /** Stops when the warehouse has everything, or when time is up: the audit finds out. */
  private static int crashUntilStored(KillableJob job, StoreProgress progress, long deadline)
      throws Exception {
    int crashes = 0;
    while (progress.warehouse() < LINES && System.nanoTime() < deadline) {
      long next = System.nanoTime() + BETWEEN_CRASHES.toNanos();
      job.loseTaskManager();
      crashes++;
      job.awaitCheckpoints(1);
      job.child().hasEndedAfter(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
    }
    return crashes;
  }

  private SendResult send(Path file, Gateway gateway) {
    try {
      return Loader.create()
          .send(
              SendOptions.of(file, gateway.address()).withRejects(folder.resolve("rejects.csv")),
              SendListener.NONE);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void judge(
      Endpoints stores,
      StoreProgress progress,
      long accepted,
      int crashes,
      Duration duration,
      List<Duration> recoveries)
      throws Exception {
    List<String> findings = new ArrayList<>();
    WarehouseReader warehouse =
        new WarehouseReader(stores.warehouse()::connect, WarehouseSchema.LINES);
    Path export = folder.resolve("export");
    try (DynamoDbClient dynamoDb = stores.dynamoDb().client()) {
      InvoicesView invoices = InvoicesView.read(dynamoDb, stores.dynamoDb().invoicesTable());
      CustomersView customers = CustomersView.read(dynamoDb, stores.dynamoDb().customersTable());
      findings.addAll(invoices.findings().plus(customers.findings()).sentences());
      Exports.invoices(export, invoices);
      Exports.customers(export, customers, invoices);
      Exports.warehouse(export, warehouse);
    }
    try {
      TruthAssertions.assertEqualsTruth(export, TruthAssertions.FULL);
    } catch (AssertionError e) {
      findings.add(String.valueOf(e.getMessage()));
    }
    if (progress.raw() != accepted) {
      findings.add(
          String.format(
              Locale.ROOT, "raw/ holds %d lines, %d were sent", progress.raw(), accepted));
    }
    long rows = warehouse.rows();
    FaultLog.judge(
        new FaultRun(
            SUITE,
            String.format(Locale.ROOT, "real file in the stream, %d s", duration.toSeconds()),
            FaultSettings.current().seed(),
            false,
            crashes,
            Math.max(0, LINES - Math.min(rows, progress.view())),
            Math.max(0, rows - LINES),
            recoveries,
            findings));
  }
}
