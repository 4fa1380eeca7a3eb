package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.SendListener;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.loader.send.SendResult;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.KinesisEndpoint;
import org.invoiceflow.local.faults.StreamUnderFaults.Setup;
import org.invoiceflow.local.faults.proxy.HttpFaultProxy;
import org.invoiceflow.local.faults.proxy.KinesisFaults;
import org.invoiceflow.local.faults.proxy.Strikes;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What the sender was told is stored is stored, whatever Kinesis does to handler and job. */
@ExtendWith(UnjudgedRuns.class)
class KinesisFailuresITCase {

  private static final int LINES = 2_000;
  private static final int LINES_PER_REQUEST = 20;
  private static final int FAILING_PERCENT = 25;
  private static final Duration AWAY = Duration.ofSeconds(3);

  @TempDir Path temp;

  @Test
  void no_line_is_lost_when_kinesis_throttles_takes_a_part_and_loses_connections()
      throws Exception {
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
            new HttpFaultProxy(stores.kinesis().access().endpoint().orElseThrow());
        JsonKinesis kinesis = new JsonKinesis(proxy, stores);
        Gateway gateway = gateway(kinesis.client(), stores);
        StreamUnderFaults stream =
            StreamUnderFaults.start(stores, through(proxy, stores), folder, Setup.USUAL)) {
      proxy.strike(new KinesisFaults(FAILING_PERCENT, seed, strikes));
      send(file, gateway.address(), folder);
      if (proxy.goAway(AWAY)) {
        strikes.add("away");
      }
      send(file, gateway.address(), folder);
      stream.hasReceived(StreamContent.read(stores).lines());
      stream.awaitQuiet(file);

      stream.judge("Kinesis " + strikes, seed, strikes.total(), file);
      assertThat(strikes.of("PutRecords in part")).as("%s", strikes).isPositive();
    }
  }

  private static void send(GeneratedFile file, URI gateway, Path folder) throws Exception {
    SendOptions options =
        SendOptions.of(file.path(), gateway)
            .withBatchLines(LINES_PER_REQUEST)
            .withRejects(folder.resolve("rejects.csv"));
    SendResult result = Loader.create().send(options, SendListener.NONE);
    assertThat(result.accepted()).isEqualTo(LINES);
  }

  private static Gateway gateway(KinesisClient client, Endpoints stores) throws Exception {
    IngestHandler ingest = new IngestHandler(client, stores.kinesis().stream());
    return Gateway.start(0, ingest, ingest);
  }

  private static Endpoints through(HttpFaultProxy proxy, Endpoints stores) {
    KinesisEndpoint real = stores.kinesis();
    return Endpoints.of(
            new KinesisEndpoint(
                DynamoDbFailuresITCase.through(proxy.address(), real.access()), real.stream()))
        .or(stores);
  }
}
