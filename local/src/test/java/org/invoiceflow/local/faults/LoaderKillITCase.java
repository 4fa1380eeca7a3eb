package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * SIGKILL of the loader while it sends, then the file is sent again from its start. What the loader
 * had sent lies twice in {@code raw/} and once everywhere else.
 */
@ExtendWith(UnjudgedRuns.class)
class LoaderKillITCase {

  private static final int LINES = 4_000;
  private static final int LINES_OF_A_REQUEST = 500;
  private static final int STRIKES = 2;

  @TempDir Path folder;

  static LongStream seeds() {
    return JobKillITCase.seeds();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_file_that_is_sent_again_after_a_kill_is_stored_once(long seed) throws Exception {
    KillPlan plan = KillPlan.of(seed);
    GeneratedFile file =
        GeneratedFile.write(folder.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
    Endpoints stores = SharedStandins.emptyStores();
    try (KinesisClient kinesis = stores.kinesis().client();
        KillableJob job = new KillableJob(stores, folder, plan.properties(stores));
        StoreProgress progress = new StoreProgress(stores)) {
      job.start(plan.settings());
      StrikingHandler handler =
          new StrikingHandler(new IngestHandler(kinesis, stores.kinesis().stream()));
      List<String> strikes = sendWithKills(file, handler, new Random(seed));
      Arrivals.await(
          () -> job.child().isAlive(), progress, handler.accepted(), file.lines().size());
      StoreAudit audit = StoreAudit.of(stores, file.lines());
      new Outcome("kill-loader", seed, true)
          .judge(
              "loader, killed at " + String.join(" and at ", strikes),
              strikes.size(),
              audit,
              List.of(),
              differences(audit, handler.accepted()));
    }
  }

  /** Sends the file as often as the loader is killed, and once to its end. */
  private List<String> sendWithKills(GeneratedFile file, StrikingHandler handler, Random random)
      throws Exception {
    List<String> strikes = new ArrayList<>();
    try (Gateway gateway =
        Gateway.start(0, handler, (event, context) -> new APIGatewayV2HTTPResponse())) {
      for (int i = 1; i <= STRIKES; i++) {
        int request = 1 + random.nextInt(LINES / LINES_OF_A_REQUEST - 1);
        boolean isStored = random.nextBoolean();
        handler.strikeAt(request, isStored);
        try (ChildJvm loader = send(file, gateway, "loader-" + i)) {
          handler.kill(loader);
        }
        strikes.add("request " + request + (isStored ? ", stored" : ", not stored"));
      }
      try (ChildJvm loader = send(file, gateway, "loader")) {
        assertThat(loader.awaitStatus(FaultSettings.PATIENCE)).as(loader.lastWords()).isZero();
      }
    }
    return strikes;
  }

  private static List<String> differences(StoreAudit audit, long accepted) {
    return audit.raw() == accepted && audit.rejected() == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%d lines were accepted; raw/ holds %d, rejected/ %d",
                accepted,
                audit.raw(),
                audit.rejected()));
  }

  private ChildJvm send(GeneratedFile file, Gateway gateway, String name) throws Exception {
    return ChildJvm.start(
        folder,
        name,
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        LoaderProcess.class,
        List.of("send", file.path().toString(), "--url", gateway.address().toString()));
  }

  /** Holds one request up, before or after its lines are stored, until the sender is dead. */
  private static final class StrikingHandler
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private static final Pattern ACCEPTED = Pattern.compile("\"accepted\"\\s*:\\s*(\\d+)");

    private final IngestHandler handler;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int strikeAt;
    private volatile boolean isStoredBefore;
    private volatile CountDownLatch struck = new CountDownLatch(0);
    private volatile CountDownLatch dead = new CountDownLatch(0);

    StrikingHandler(IngestHandler handler) {
      this.handler = handler;
    }

    void strikeAt(int request, boolean isStored) {
      requests.set(0);
      strikeAt = request;
      isStoredBefore = isStored;
      struck = new CountDownLatch(1);
      dead = new CountDownLatch(1);
    }

    /** Kills the loader once the request has come. */
    void kill(ChildJvm loader) throws Exception {
      if (!struck.await(FaultSettings.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The request never came. " + loader.lastWords());
      }
      strikeAt = 0;
      loader.kill();
      dead.countDown();
    }

    /** Lines that the stream has taken. */
    long accepted() {
      return accepted.get();
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      boolean isStruck = requests.incrementAndGet() == strikeAt;
      if (isStruck && !isStoredBefore) {
        awaitDeath();
      }
      APIGatewayV2HTTPResponse answer = handler.handleRequest(event, context);
      Matcher count = ACCEPTED.matcher(answer.getBody());
      if (count.find()) {
        accepted.addAndGet(Long.parseLong(count.group(1)));
      }
      if (isStruck && isStoredBefore) {
        awaitDeath();
      }
      return answer;
    }

    private void awaitDeath() {
      struck.countDown();
      try {
        dead.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
