package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.faults.StreamUnderFaults.Setup;
import org.invoiceflow.local.faults.proxy.DynamoDbFaults;
import org.invoiceflow.local.faults.proxy.HttpFaultProxy;
import org.invoiceflow.local.faults.proxy.Strikes;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The views hold every line, whatever DynamoDB does meanwhile. */
@ExtendWith(UnjudgedRuns.class)
class DynamoDbFailuresITCase {

  private static final int LINES = 1_500;
  private static final int WAVES = 6;

  /** Longer than the sink's client tries: the job restarts. */
  private static final Duration AWAY = Duration.ofSeconds(3);

  @TempDir Path temp;

  @Test
  void the_views_are_whole_after_throttling_undone_items_overtaking_and_absence() throws Exception {
    FaultSettings settings = FaultSettings.current();
    for (int i = 0; i < settings.runsOr(1); i++) {
      run(settings.seed() + i);
    }
  }

  private void run(long seed) throws Exception {
    FaultLog.begin(StreamUnderFaults.SUITE, seed, false);
    Path folder = Files.createDirectory(temp.resolve("run-" + seed));
    GeneratedFile file =
        GeneratedFile.write(folder.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
    Endpoints stores = SharedStandins.emptyStores();
    Strikes strikes = new Strikes();
    try (HttpFaultProxy proxy =
            new HttpFaultProxy(stores.dynamoDb().access().endpoint().orElseThrow());
        StreamUnderFaults stream =
            StreamUnderFaults.start(stores, through(proxy, stores), folder, Setup.USUAL)) {
      proxy.strike(new DynamoDbFaults(DynamoDbFaults.Rates.ALL, seed, strikes));
      stream.feed(
          MixedRecords.of(file, seed),
          WAVES,
          wave -> {
            if (wave == WAVES / 2 && proxy.goAway(AWAY)) {
              strikes.add("away");
            }
          });
      stream.awaitQuiet(file);

      stream.judge("DynamoDB " + strikes, seed, strikes.total(), file);
      assertThat(strikes.of("write left undone")).as("%s", strikes).isPositive();
      assertThat(strikes.of("read left undone")).as("%s", strikes).isPositive();
      assertThat(strikes.of("write throttled")).as("%s", strikes).isPositive();
    }
  }

  static Endpoints through(HttpFaultProxy proxy, Endpoints stores) {
    DynamoDbEndpoint real = stores.dynamoDb();
    return Endpoints.of(
            new DynamoDbEndpoint(
                through(proxy.address(), real.access()),
                real.invoicesTable(),
                real.customersTable()))
        .or(stores);
  }

  static AwsAccess through(URI proxy, AwsAccess access) {
    return new AwsAccess(Optional.of(proxy), access.region(), access.keys());
  }
}
