package org.invoiceflow.local.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.invoiceflow.job.InvoiceflowJob;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.model.CsvOptions;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One import that is struck, started again on what it has left behind, struck again, and so on,
 * until a last start is left in peace.
 */
final class ImportCrashRun {

  /** Kind of failure in the figures. */
  static final String SUITE = "crash-matrix-import";

  private static final String PATH = "import/";

  private final ImportCase tried;
  private final FaultCluster cluster;
  private final Endpoints stores;
  private final OddRecords.Truth truth;
  private final List<String> findings = new ArrayList<>();
  private int strikes;
  private int starts;

  private ImportCrashRun(
      ImportCase tried, FaultCluster cluster, Endpoints stores, OddRecords.Truth truth) {
    this.tried = tried;
    this.cluster = cluster;
    this.stores = stores;
    this.truth = truth;
  }

  /**
   * @param stores empty ones
   * @param files JSON Lines to import, one record a line
   */
  static FaultRun of(
      ImportCase tried,
      FaultCluster cluster,
      Endpoints stores,
      List<Path> files,
      OddRecords.Truth truth)
      throws Exception {
    upload(stores, files);
    return new ImportCrashRun(tried, cluster, stores, truth).run();
  }

  /** Puts the files where the import looks for them. */
  static void upload(Endpoints stores, List<Path> files) throws IOException {
    try (S3Client s3 = stores.s3().client()) {
      for (Path file : files) {
        s3.putObject(
            r -> r.bucket(stores.s3().bucket()).key(PATH + file.getFileName()),
            RequestBody.fromBytes(Files.readAllBytes(file)));
      }
    }
  }

  /** The graph of the import, as production has it. */
  static StreamGraph graph(StreamExecutionEnvironment env, Endpoints stores) {
    InvoiceflowJob.build(
        env, JobConfig.of(JobProperties.importing(stores, PATH, CsvOptions.detectAll())));
    return env.getStreamGraph();
  }

  private FaultRun run() throws Exception {
    boolean finished = false;
    for (Strike strike : tried.strikes()) {
      finished = start(List.of(strike));
    }
    if (!finished) {
      finished = start(List.of());
    }
    if (!finished) {
      findings.add("The last import did not finish");
    }
    return judge();
  }

  /** Returns whether the import has finished by itself. */
  private boolean start(List<Strike> strikes) throws Exception {
    try (CrashPlan plan = CrashPlan.of(strikes)) {
      boolean restarts = strikes.stream().allMatch(strike -> strike.way() == Strike.Way.FAIL);
      StreamGraph graph =
          graph(cluster.environment("hashmap", tried.parallelism(), restarts), stores);
      StrikingOperators.addTo(graph, plan);
      JobID job = cluster.submit(graph);
      if (plan.awaitStandstill(cluster.end(job))) {
        cluster.cancel(job);
      }
      ApplicationStatus end = cluster.awaitEnd(job);
      this.strikes += plan.made().size();
      plan.notMade().forEach(strike -> findings.add("The strike never came about: " + strike));
      check(strikes, end, job);
      starts++;
      return end == ApplicationStatus.SUCCEEDED;
    }
  }

  private void check(List<Strike> strikes, ApplicationStatus end, JobID job) throws Exception {
    ApplicationStatus due =
        strikes.isEmpty() || strikes.get(0).way() == Strike.Way.FAIL
            ? ApplicationStatus.SUCCEEDED
            : strikes.get(0).way() == Strike.Way.KILL
                ? ApplicationStatus.FAILED
                : ApplicationStatus.CANCELED;
    if (end != due) {
      findings.add(
          String.format(
              Locale.ROOT,
              "The import ended as %s instead of %s: %s",
              end,
              due,
              cluster.lastFailure(job).orElse("no failure")));
    }
  }

  /**
   * Views and warehouse hold each line once. The lake is per receipt: every start may have left
   * each record once, and the last has left all.
   */
  private FaultRun judge() throws SQLException {
    StoreAudit audit = StoreAudit.ofContenders(stores, truth.lines());
    findings.addAll(audit.findings());
    long lost =
        audit.lost()
            + within("raw/", audit.raw(), truth.raw(), starts)
            + within("rejected/", audit.rejected(), truth.rejected(), starts)
            // Of two lines from two files, both may find the other one, one of them in the table.
            + within("duplicates/", audit.listed(), truth.listed(), 2 * starts);
    return new FaultRun(
        SUITE,
        tried.name(),
        tried.seed(),
        false,
        strikes,
        lost,
        audit.duplicated(),
        List.of(),
        findings);
  }

  /** Returns how many lines the folder lacks. */
  private long within(String folder, long lines, long due, int most) {
    if (lines < due || lines > due * most) {
      findings.add(
          String.format(
              Locale.ROOT,
              "%s holds %d lines after %d starts of an import of %d",
              folder,
              lines,
              starts,
              due));
    }
    return Math.max(0, due - lines);
  }
}
