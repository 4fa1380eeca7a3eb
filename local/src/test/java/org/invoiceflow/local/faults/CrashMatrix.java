package org.invoiceflow.local.faults;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.Provisioning;
import org.invoiceflow.local.endpoints.Service;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.DynamicTest;

/** What the crash matrices share: a cluster, lines to send, stores for each run, runs at once. */
final class CrashMatrix implements AutoCloseable {

  private final String suite;
  private final Endpoints shared;
  private final FaultCluster cluster;
  private final Map<String, List<InvoiceLine>> invoices;
  private final ExecutorService runs = Executors.newFixedThreadPool(FaultCluster.JOBS);

  private CrashMatrix(
      String suite,
      Endpoints shared,
      FaultCluster cluster,
      Map<String, List<InvoiceLine>> invoices) {
    this.suite = suite;
    this.shared = shared;
    this.cluster = cluster;
    this.invoices = invoices;
  }

  /**
   * @param suite kind of failure in the figures
   * @param lines that are generated, by the seed of the settings
   */
  static CrashMatrix start(String suite, Path folder, int lines) throws Exception {
    Endpoints shared = SharedStandins.emptyStores();
    GeneratedFile file =
        GeneratedFile.write(
            folder.resolve("generated.csv"),
            GenerateOptions.of(lines, FaultSettings.current().seed()));
    return new CrashMatrix(
        suite, shared, FaultCluster.start(shared.s3(), folder), file.byInvoice());
  }

  FaultCluster cluster() {
    return cluster;
  }

  /** Stores that exist, for looking at graphs. */
  Endpoints shared() {
    return shared;
  }

  Map<String, List<InvoiceLine>> invoices() {
    return invoices;
  }

  /** Empty stores of a run's own; all name the same stream, which none of them reads. */
  Endpoints emptyStores() throws Exception {
    Endpoints absent = SharedStandins.absentStores();
    Endpoints stores =
        new Endpoints(shared.ifKinesis(), absent.ifDynamoDb(), absent.ifS3(), absent.ifWarehouse());
    Provisioning.createMissing(stores, EnumSet.of(Service.DYNAMODB, Service.S3), 0);
    try (var connection = stores.warehouse().connect()) {
      WarehouseSchema.create(connection);
    }
    return stores;
  }

  /** Starts all runs, some at once, and makes a test of each that judges it. */
  <C extends CrashCase> Stream<DynamicTest> tests(
      List<C> cases, Function<C, Callable<FaultRun>> run) {
    return cases.stream()
        .filter(tried -> FaultSettings.isWanted(tried.name()))
        .map(tried -> Map.entry(tried, runs.submit(run.apply(tried))))
        .toList()
        .stream()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    test.getKey().name(), () -> judge(test.getKey(), test.getValue())));
  }

  private void judge(CrashCase tried, Future<FaultRun> run) throws Exception {
    FaultLog.begin(suite, tried.seed(), false);
    try {
      FaultLog.judge(run.get());
    } catch (ExecutionException e) {
      FaultLog.unjudged(tried.name(), e.getCause());
      throw e;
    }
  }

  @Override
  public void close() throws Exception {
    runs.shutdownNow();
    cluster.close();
  }
}
