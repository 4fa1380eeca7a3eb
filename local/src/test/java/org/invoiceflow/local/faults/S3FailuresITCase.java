package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.faults.StreamUnderFaults.Setup;
import org.invoiceflow.local.faults.proxy.HttpFaultProxy;
import org.invoiceflow.local.faults.proxy.S3Faults;
import org.invoiceflow.local.faults.proxy.Strikes;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lake holds each receipt once and the warehouse each line, whatever S3 does meanwhile. */
@ExtendWith(UnjudgedRuns.class)
class S3FailuresITCase {

  private static final int LINES = 1_500;
  private static final int WAVES = 8;
  private static final int FAILING_PERCENT = 15;
  private static final Duration AWAY = Duration.ofSeconds(2);

  @TempDir Path temp;

  @Test
  void no_file_is_lost_or_doubled_when_s3_fails_before_and_after_it_has_done_what_was_asked()
      throws Exception {
    FaultSettings settings = FaultSettings.current();
    for (int i = 0; i < settings.runsOr(1); i++) {
      run(settings.seed() + i);
    }
  }

  private void run(long seed) throws Exception {
    Path folder = Files.createDirectory(temp.resolve("run-" + seed));
    GeneratedFile file =
        GeneratedFile.write(folder.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
    Endpoints stores = SharedStandins.emptyStores();
    Strikes strikes = new Strikes();
    try (HttpFaultProxy proxy = new HttpFaultProxy(stores.s3().access().endpoint().orElseThrow());
        StreamUnderFaults stream =
            StreamUnderFaults.start(stores, through(proxy, stores), folder, Setup.USUAL)) {
      proxy.strike(new S3Faults(FAILING_PERCENT, seed, strikes));
      stream.feed(
          MixedRecords.of(file, seed),
          WAVES,
          wave -> {
            if (wave == WAVES / 2 && proxy.goAway(AWAY)) {
              strikes.add("away");
            }
          });
      proxy.heal();
      stream.awaitQuiet(file);

      stream.judge("S3 " + strikes, seed, strikes.total(), file);
      for (String call : S3Faults.WRITES) {
        for (S3Faults.Fault fault : S3Faults.Fault.values()) {
          assertThat(strikes.of(S3Faults.nameOf(call, fault))).as("%s", strikes).isPositive();
        }
      }
    }
  }

  private static Endpoints through(HttpFaultProxy proxy, Endpoints stores) {
    S3Endpoint real = stores.s3();
    return Endpoints.of(
            new S3Endpoint(
                DynamoDbFailuresITCase.through(proxy.address(), real.access()), real.bucket()))
        .or(stores);
  }
}
