package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.faults.proxy.HttpFaultProxy;
import org.invoiceflow.local.faults.proxy.S3Faults;
import org.invoiceflow.local.faults.proxy.Strikes;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lake holds each receipt once and the warehouse each line, whatever S3 does meanwhile. */
@ExtendWith(UnjudgedRuns.class)
class S3FailuresITCase {

  private static final int LINES = 1_500;
  private static final int WAVES = 8;
  private static final Duration AWAY = Duration.ofSeconds(2);

  /** What becomes of a call to S3 that fails. */
  private enum Client {
    /** Flink's S3 client repeats it, as it does in production, and the job hardly notices. */
    AS_IN_PRODUCTION(15, List.of()),

    /** Nobody does: each failure reaches the job, as one that outlasts the client's patience. */
    WITHOUT_REPEATS(1, List.of("attempts.maximum", "retry.limit", "retry.throttle.limit"));

    private final int failingPercent;

    @SuppressWarnings("ImmutableEnumChecker") // a List.of
    private final List<String> switchedOff;

    Client(int failingPercent, List<String> switchedOff) {
      this.failingPercent = failingPercent;
      this.switchedOff = switchedOff;
    }

    private void apply(LocalFlink flink) throws Exception {
      Configuration configuration = flink.configuration();
      switchedOff.forEach(option -> configuration.setString("s3." + option, "0"));
      LocalFlink.useFileSystems(configuration, Installation.find().flinkPlugins());
    }
  }

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource
  void no_file_is_lost_or_doubled_when_s3_fails_before_and_after_it_has_done_what_was_asked(
      Client client) throws Exception {
    FaultSettings settings = FaultSettings.current();
    for (int i = 0; i < settings.runsOr(1); i++) {
      run(client, settings.seed() + i);
    }
  }

  private void run(Client client, long seed) throws Exception {
    FaultLog.begin(StreamUnderFaults.SUITE, seed, false);
    Path folder = Files.createDirectory(temp.resolve("run-" + client + "-" + seed));
    GeneratedFile file =
        GeneratedFile.write(folder.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
    Endpoints stores = SharedStandins.emptyStores();
    Strikes strikes = new Strikes();
    try (HttpFaultProxy proxy = new HttpFaultProxy(stores.s3().access().endpoint().orElseThrow());
        StreamUnderFaults stream =
            StreamUnderFaults.start(
                stores,
                through(proxy, stores),
                folder,
                (flink, properties) -> client.apply(flink))) {
      proxy.strike(new S3Faults(client.failingPercent, seed, strikes));
      stream.feed(
          MixedRecords.of(file, seed),
          WAVES,
          wave -> {
            if (wave == WAVES / 2 && proxy.goAway(AWAY)) {
              strikes.add("away");
            }
          });
      stream.await(FaultSettings.PATIENCE, () -> neverStruck(strikes).isEmpty());
      proxy.heal();
      stream.awaitQuiet(file);

      stream.judge("S3 " + client + " " + strikes, seed, strikes.total(), file);
      assertThat(neverStruck(strikes)).as("%s", strikes).isEmpty();
      if (client == Client.WITHOUT_REPEATS) {
        assertThat(stream.failures()).as("failures of the job").isNotEmpty();
      }
    }
  }

  private static List<String> neverStruck(Strikes strikes) {
    return S3Faults.WRITES.stream()
        .flatMap(call -> Arrays.stream(S3Faults.Fault.values()).map(f -> S3Faults.nameOf(call, f)))
        .filter(name -> strikes.of(name) == 0)
        .toList();
  }

  private static Endpoints through(HttpFaultProxy proxy, Endpoints stores) {
    S3Endpoint real = stores.s3();
    return Endpoints.of(
            new S3Endpoint(
                DynamoDbFailuresITCase.through(proxy.address(), real.access()), real.bucket()))
        .or(stores);
  }
}
