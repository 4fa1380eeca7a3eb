package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Shards are split and merged while they hold records that nobody has read, and while the job
 * reads: records of one invoice lie in several shards and come in any order.
 */
@ExtendWith(UnjudgedRuns.class)
class ReshardITCase {

  private static final int LINES = 2_000;
  private static final int WAVES = 5;

  @TempDir Path temp;

  @Test
  void no_line_is_lost_or_doubled_when_shards_are_split_and_merged() throws Exception {
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
    MixedRecords backlog = MixedRecords.of(file, seed);
    // The same lines cut and mixed in another way: all of them repeated, some of them first.
    MixedRecords flow = MixedRecords.of(file, seed + 1);
    try (KinesisClient kinesis = stores.kinesis().client()) {
      Resharding resharding = new Resharding(kinesis, stores.kinesis().stream());
      List<PutRecordsRequestEntry> all = backlog.entries();
      StreamUnderFaults.put(kinesis, stores.kinesis().stream(), all.subList(0, all.size() / 2));
      resharding.split();
      resharding.merge();
      StreamUnderFaults.put(
          kinesis, stores.kinesis().stream(), all.subList(all.size() / 2, all.size()));
      try (StreamUnderFaults stream =
          StreamUnderFaults.start(
              stores,
              stores,
              folder,
              (flink, properties) ->
                  StreamUnderFaults.setting(properties, "source", "shard.discovery.ms", "500"))) {
        stream.hasReceived(backlog.lines());
        stream.feed(
            flow,
            WAVES,
            wave -> {
              if (wave % 2 == 0) {
                resharding.merge();
              } else {
                resharding.split();
              }
            });
        stream.awaitQuiet(file);

        assertThat(StreamContent.read(stores).movedInvoices()).isGreaterThan(10);
        assertThat(stream.failures()).isEmpty();
        stream.judge("reshard with backlog", seed, resharding.done, file);
      }
    }
  }

  /** Splits and merges shards of one stream, and waits until it is done. */
  private static final class Resharding {

    private final KinesisClient kinesis;
    private final String stream;
    private int done;

    Resharding(KinesisClient kinesis, String stream) {
      this.kinesis = kinesis;
      this.stream = stream;
    }

    /** The widest shard, in its middle. */
    void split() {
      Shard widest = open().stream().max(Comparator.comparing(Resharding::width)).orElseThrow();
      BigInteger middle = start(widest).add(end(widest)).shiftRight(1);
      kinesis.splitShard(
          r ->
              r.streamName(stream)
                  .shardToSplit(widest.shardId())
                  .newStartingHashKey(middle.toString()));
      awaitActive();
    }

    /** The first two of the open shards. */
    void merge() {
      List<Shard> open = open();
      kinesis.mergeShards(
          r ->
              r.streamName(stream)
                  .shardToMerge(open.get(0).shardId())
                  .adjacentShardToMerge(open.get(1).shardId()));
      awaitActive();
    }

    private void awaitActive() {
      done++;
      await()
          .atMost(FaultSettings.PATIENCE)
          .until(
              () ->
                  kinesis
                      .describeStreamSummary(r -> r.streamName(stream))
                      .streamDescriptionSummary()
                      .streamStatusAsString()
                      .equals("ACTIVE"));
    }

    /** By their place in the range of hash keys. */
    private List<Shard> open() {
      return kinesis.listShards(r -> r.streamName(stream)).shards().stream()
          .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
          .sorted(Comparator.comparing(Resharding::start))
          .toList();
    }

    private static BigInteger width(Shard shard) {
      return end(shard).subtract(start(shard));
    }

    private static BigInteger start(Shard shard) {
      return new BigInteger(shard.hashKeyRange().startingHashKey());
    }

    private static BigInteger end(Shard shard) {
      return new BigInteger(shard.hashKeyRange().endingHashKey());
    }
  }
}
