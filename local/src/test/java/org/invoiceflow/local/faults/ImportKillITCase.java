package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.model.CsvOptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * SIGKILL of an import, which has no checkpoints: it is run again from the start. {@code raw/}
 * holds each line at least once, and no more often than there were runs: a run that is killed while
 * it ends has made some of its files visible.
 */
@ExtendWith(UnjudgedRuns.class)
class ImportKillITCase {

  private static final int LINES = 8_000;
  private static final int RUNS = 3;
  private static final String KEY = "import/lines.csv";

  @TempDir Path folder;

  static LongStream seeds() {
    return JobKillITCase.seeds();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void an_import_that_is_killed_and_run_again_leaves_the_truth(long seed) throws Exception {
    Outcome outcome = Outcome.begin("kill-import", seed, true);
    Random random = new Random(seed);
    GeneratedFile file =
        GeneratedFile.write(folder.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
    Endpoints stores = SharedStandins.emptyStores();
    try (S3Client s3 = stores.s3().client()) {
      s3.putObject(r -> r.bucket(stores.s3().bucket()).key(KEY), file.path());
    }
    int viewLines = 1 + random.nextInt(LINES / 2);
    Duration later = Duration.ofMillis(random.nextInt(300));
    try (KillableJob job =
            new KillableJob(
                stores, folder, JobProperties.importing(stores, KEY, CsvOptions.detectAll()));
        StoreProgress progress = new StoreProgress(stores)) {
      job.start(ClusterSettings.usual());
      job.await(() -> progress.view() >= viewLines);
      job.child().hasEndedAfter(later);
      job.kill();
      int strikes = 1;
      job.start(ClusterSettings.usual());
      Arrivals.await(() -> job.child().isAlive(), () -> progress.warehouse() > 0);
      if (job.killIfAlive()) {
        strikes++;
      }
      job.start(ClusterSettings.usual());
      assertThat(job.child().awaitStatus(FaultSettings.PATIENCE))
          .as(job.child().lastWords())
          .isZero();

      StoreAudit audit = StoreAudit.of(stores, file.lines());
      String name =
          String.format(
              Locale.ROOT,
              "import, killed after %d view lines + %d ms%s, run again",
              viewLines,
              later.toMillis(),
              strikes == 1 ? "" : " and after its load");
      outcome.judge(name, strikes, audit, List.of(), differences(audit));
    }
  }

  private static List<String> differences(StoreAudit audit) {
    boolean isRight =
        audit.raw() >= LINES && audit.raw() <= (long) RUNS * LINES && audit.rejected() == 0;
    return isRight
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "After %d runs over %d lines, raw/ holds %d and rejected/ %d",
                RUNS,
                LINES,
                audit.raw(),
                audit.rejected()));
  }
}
