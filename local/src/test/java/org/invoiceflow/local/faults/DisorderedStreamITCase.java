package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.faults.Trial.Expected;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.local.testing.StoredData;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream need keep no order, and may bring anything again. */
@ExtendWith(UnjudgedRuns.class)
class DisorderedStreamITCase {

  private static final int LINES = 2_000;
  private static final int KEYS = 1_000;

  /** The largest place on the ring of hash keys. */
  private static final BigInteger LAST_HASH = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);

  @TempDir Path temp;

  static LongStream seeds() {
    FaultSettings settings = FaultSettings.current();
    return LongStream.range(settings.seed(), settings.seed() + settings.runsOr(1));
  }

  /**
   * Most shards never get a record, then the one that did falls silent while another goes on. Then,
   * as after a reshard with backlog, one invoice's records lie on several shards, which are read at
   * once: each record has a key of its own.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_waits_for_idle_shards_and_invoices_that_come_through_all_at_once_are_whole(long seed)
      throws Exception {
    Random random = new Random(seed);
    List<InvoiceLine> lines = file(seed).lines();
    List<List<InvoiceLine>> batches = Batches.mixed(lines, random);
    int third = batches.size() / 3;
    Set<String> shards = new LinkedHashSet<>();
    try (Trial trial = new Trial("order", seed, temp)) {
      JobRun job = trial.stream();
      for (List<InvoiceLine> batch : batches.subList(0, third)) {
        shards.add(trial.putAtHash(BigInteger.ZERO, batch));
      }
      trial.settle(Expected.onceEach(flat(batches.subList(0, third))));
      for (List<InvoiceLine> batch : batches.subList(third, 2 * third)) {
        shards.add(trial.putAtHash(LAST_HASH, batch));
      }
      trial.settle(Expected.onceEach(flat(batches.subList(0, 2 * third))));
      assertThat(shards).as("shards that were not idle").hasSize(2);

      for (List<InvoiceLine> batch : batches.subList(2 * third, batches.size())) {
        shards.add(trial.put("key " + random.nextInt(KEYS), batch));
      }
      trial.settle(Expected.onceEach(lines));
      assertThat(shards).hasSize(SharedStandins.SHARDS);
      assertThat(job.duplicates()).isZero();
      int strikes = ReceivedBatches.outOfOrder(trial.stores());
      trial.judge("out of order", strikes, Expected.onceEach(lines));
    }
  }

  /**
   * The same records again: for a job that goes on, and for one that starts with no state, from an
   * instant or, with an odd seed, from the oldest record.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void what_the_source_replays_changes_nothing(long seed) throws Exception {
    Random random = new Random(seed);
    List<InvoiceLine> lines = file(seed).lines();
    List<List<InvoiceLine>> batches = Batches.mixed(lines, random);
    List<List<InvoiceLine>> latest = batches.subList(batches.size() / 2, batches.size());
    int late = flat(latest).size();
    try (Trial trial = new Trial("order", seed, temp)) {
      JobRun first = trial.stream();
      trial.putAll(batches.subList(0, batches.size() / 2));
      Instant middle = trial.afterArrivalOfAllBefore();
      trial.putAll(latest);
      trial.settle(Expected.onceEach(lines));
      StoredData before = StoredData.read(trial.stores());

      trial.putAll(latest);
      long raw = lines.size() + late;
      trial.settle(Expected.of(lines, raw));
      first.end();
      assertThat(first.count(JobMetrics.LINES_DUPLICATE)).isEqualTo(late);

      boolean fromOldest = seed % 2 != 0;
      Map<String, Properties> again = JobRun.streamOf(trial.stores());
      if (!fromOldest) {
        again.get("source").setProperty("start.at", middle.toString());
      }
      JobRun second = trial.start(again);
      raw += fromOldest ? lines.size() + late : 2L * late;
      trial.settle(Expected.of(lines, raw));
      assertThat(second.count(JobMetrics.LINES_ALREADY_STORED))
          .isEqualTo(fromOldest ? lines.size() : late);

      int replayed = (int) (raw - lines.size());
      trial.judge("replaying source", replayed, Expected.of(lines, raw));
      assertThat(StoredData.read(trial.stores())).isEqualTo(before);
    }
  }

  private GeneratedFile file(long seed) throws IOException {
    return GeneratedFile.write(temp.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
  }

  private static List<InvoiceLine> flat(List<List<InvoiceLine>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }
}
