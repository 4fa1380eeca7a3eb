package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.invoiceflow.local.endpoints.KinesisEndpoint;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** Puts records on a stream by the SDK, all at once or spread over a time. */
final class StreamFeed implements AutoCloseable {

  /**
   * A record to be.
   *
   * @param partitionKey the invoice's number
   * @param lines of the data that are to be stored
   * @param data row JSON
   */
  record Item(String partitionKey, int lines, byte[] data) {}

  private static final int MOST_OF_A_CALL = 100;
  private static final Duration TICK = Duration.ofMillis(100);

  private final KinesisClient client;
  private final String stream;
  private final AtomicInteger count = new AtomicInteger();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  StreamFeed(KinesisEndpoint endpoint) {
    this.client = endpoint.client();
    this.stream = endpoint.stream();
  }

  /** Puts all of them now. */
  void put(List<Item> items) {
    for (int from = 0; from < items.size(); from += MOST_OF_A_CALL) {
      putOnce(items.subList(from, Math.min(items.size(), from + MOST_OF_A_CALL)));
    }
  }

  private void putOnce(List<Item> items) {
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (Item item : items) {
      entries.add(
          PutRecordsRequestEntry.builder()
              .partitionKey(item.partitionKey())
              .data(SdkBytes.fromByteArray(item.data()))
              .build());
    }
    PutRecordsResponse answer = client.putRecords(r -> r.streamName(stream).records(entries));
    if (answer.failedRecordCount() > 0) {
      throw new IllegalStateException(answer.toString());
    }
    count.addAndGet(items.size());
  }

  /** How many were put so far. */
  int putCount() {
    return count.get();
  }

  /** Puts them evenly over the time, from now on; ends when all are put. */
  CompletableFuture<Void> trickle(List<Item> items, Duration time) {
    int ticks = (int) Math.max(1, time.toMillis() / TICK.toMillis());
    CompletableFuture<Void> done = new CompletableFuture<>();
    int[] tick = {0};
    Future<?> ticking =
        clock.scheduleAtFixedRate(
            () -> {
              try {
                int from = (int) ((long) items.size() * tick[0] / ticks);
                int to = (int) ((long) items.size() * (tick[0] + 1) / ticks);
                put(items.subList(from, to));
                tick[0]++;
                if (tick[0] == ticks) {
                  done.complete(null);
                }
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            },
            0,
            TICK.toMillis(),
            TimeUnit.MILLISECONDS);
    return done.whenComplete((nothing, failure) -> ticking.cancel(false));
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.close();
  }
}
