package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
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
 * SIGKILL of the loader while it sends, then the file is sent again from its start, or the run is
 * resumed. What the loader had sent and sends again lies twice in {@code raw/} and once everywhere
 * else. Some rows break a rule: each stands once in the rejects, in the order of the file.
 */
@ExtendWith(UnjudgedRuns.class)
class LoaderKillITCase {

  private static final int LINES = 4_000;
  private static final int STRIKES = 2;
  private static final int BROKEN_ROWS = 200;

  /** At the start of a row, or of a draft. */
  private static final Pattern INVOICE = Pattern.compile("(?:,\"|\"InvoiceNo\":\")(9000\\d+)[,\"]");

  private static final Pattern NOTED = Pattern.compile("\"lines\" : (\\d+)");

  /** How the loader goes on after a kill, and what it sends. */
  private enum Way {
    FROM_START(7, List.of()),

    /**
     * Slow enough that progress is noted several times on the way; two strikes leave some of the 80
     * requests over.
     */
    RESUME(39, List.of("--resume", "--batch", "50", "--rate", "3000"));

    private final int mostRequests;
    private final List<String> options;

    /**
     * @param mostRequests of which one is struck
     */
    Way(int mostRequests, List<String> options) {
      this.mostRequests = mostRequests;
      this.options = options;
    }
  }

  @TempDir Path folder;

  static LongStream seeds() {
    return JobKillITCase.seeds();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_file_that_is_sent_again_after_a_kill_is_stored_once(long seed) throws Exception {
    killAndGoOn("kill-loader", Way.FROM_START, seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_run_that_is_resumed_after_a_kill_is_stored_once(long seed) throws Exception {
    killAndGoOn("kill-loader-resume", Way.RESUME, seed);
  }

  private void killAndGoOn(String suite, Way way, long seed) throws Exception {
    Outcome outcome = Outcome.begin(suite, seed, true);
    KillPlan plan = KillPlan.of(seed);
    GeneratedFile file =
        GeneratedFile.write(folder.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
    addBrokenRows(file.path());
    Endpoints stores = SharedStandins.emptyStores();
    try (KinesisClient kinesis = stores.kinesis().client();
        KillableJob job = new KillableJob(stores, folder, plan.properties(stores));
        StoreProgress progress = new StoreProgress(stores)) {
      job.start(plan.settings());
      StrikingHandler handler =
          new StrikingHandler(new IngestHandler(kinesis, stores.kinesis().stream()));
      List<String> findings = new ArrayList<>();
      List<String> strikes = sendWithKills(way, file, handler, new Random(seed), findings);
      Arrivals.await(
          () -> job.child().isAlive(), progress, handler.accepted(), file.lines().size());
      StoreAudit audit = StoreAudit.of(stores, file.lines());
      findings.addAll(differences(audit, handler.accepted()));
      outcome.judge(
          "loader, killed at " + String.join(" and at ", strikes),
          strikes.size(),
          audit,
          List.of(),
          findings);
    }
  }

  /** Spread evenly, of invoices of their own, so that no other line gets another number. */
  private static void addBrokenRows(Path file) throws IOException {
    List<String> rows = new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    for (int i = 0; i < BROKEN_ROWS; i++) {
      rows.add(1 + i * (1 + LINES / BROKEN_ROWS), "9000" + i + ",B,d,?,12/13/2010 8:26,1,,EIRE");
    }
    Files.write(file, rows, StandardCharsets.ISO_8859_1);
  }

  /** Sends the file as often as the loader is killed, and once to its end. */
  private List<String> sendWithKills(
      Way way, GeneratedFile file, StrikingHandler handler, Random random, List<String> findings)
      throws Exception {
    List<String> strikes = new ArrayList<>();
    try (Gateway gateway =
        Gateway.start(0, handler, (event, context) -> new APIGatewayV2HTTPResponse())) {
      for (int i = 1; i <= STRIKES; i++) {
        int request = 1 + random.nextInt(way.mostRequests);
        boolean isStored = random.nextBoolean();
        handler.strikeAt(request, isStored);
        try (ChildJvm loader = send(way, file, gateway, "loader-" + i)) {
          handler.kill(loader);
        }
        strikes.add("request " + request + (isStored ? ", stored" : ", not stored"));
      }
      long noted = noted();
      try (ChildJvm loader = send(way, file, gateway, "loader")) {
        assertThat(loader.awaitStatus(FaultSettings.PATIENCE)).as(loader.lastWords()).isOne();
        findings.addAll(rest(way == Way.RESUME ? noted : 0, loader.lines()));
        findings.addAll(rejects(file.path()));
      }
    }
    return strikes;
  }

  /** The last part passes over what was noted as accounted for, and sends the rest. */
  private List<String> rest(long noted, List<String> printed) {
    long passed = printed(printed, "  by an earlier part");
    List<String> findings = new ArrayList<>();
    if (passed != noted
        || printed(printed, "accepted") != LINES
        || printed(printed, "rejected by the loader") != BROKEN_ROWS) {
      findings.add("after " + noted + " noted lines the last part said " + printed);
    }
    if (Files.exists(progressFile())) {
      findings.add("the progress file is still there");
    }
    return findings;
  }

  /** Both files hold each broken row once, in the order of the file, and nothing else. */
  private static List<String> rejects(Path file) throws IOException {
    List<String> broken =
        Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
            .filter(row -> row.startsWith("9000"))
            .map(row -> row.substring(0, row.indexOf(',')))
            .toList();
    assertThat(broken).hasSize(BROKEN_ROWS);
    List<String> findings = new ArrayList<>();
    for (String ending : List.of(".csv", ".jsonl")) {
      List<String> invoices =
          INVOICE
              .matcher(Files.readString(Path.of(file + ".rejects" + ending)))
              .results()
              .map(found -> found.group(1))
              .toList();
      if (!invoices.equals(broken)) {
        findings.add(
            "the rejects" + ending + " hold " + invoices.size() + " rows, namely " + invoices);
      }
    }
    return findings;
  }

  /** The figure in the row of this name, or 0. */
  private static long printed(List<String> summary, String name) {
    return summary.stream()
        .filter(row -> row.startsWith(name + " "))
        .mapToLong(row -> Long.parseLong(row.substring(name.length()).strip().replace(",", "")))
        .findFirst()
        .orElse(0);
  }

  /** Lines that the killed part has noted as accounted for. */
  private long noted() throws IOException {
    Matcher lines = NOTED.matcher(Files.readString(progressFile()));
    assertThat(lines.find()).isTrue();
    return Long.parseLong(lines.group(1));
  }

  private Path progressFile() {
    return folder.resolve("lines.csv.progress.json");
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

  private ChildJvm send(Way way, GeneratedFile file, Gateway gateway, String name)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("send", file.path().toString(), "--url", gateway.address().toString()));
    arguments.addAll(way.options);
    return ChildJvm.start(
        folder,
        name,
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        LoaderProcess.class,
        arguments);
  }
}
