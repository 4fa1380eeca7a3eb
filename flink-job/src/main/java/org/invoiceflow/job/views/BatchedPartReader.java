package org.invoiceflow.job.views;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.invoiceflow.model.InvoiceParts;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads parts by BatchGetItem, gathering the keys of many invoices into one request: one request an
 * invoice would cost more time than the writes. Keys wait at most {@link #LINGER}.
 */
final class BatchedPartReader implements StoredInvoices.Reader {

  /** DynamoDB's own limit of a BatchGetItem. */
  private static final int KEYS_PER_REQUEST = 100;

  private static final Duration LINGER = Duration.ofMillis(5);

  /**
   * Keys that DynamoDB left unprocessed, for example because the answer reached 16 MB, are asked
   * for again after this.
   */
  private static final Duration UNPROCESSED_PAUSE = Duration.ofMillis(50);

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Duration linger;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stored-parts-linger");
            thread.setDaemon(true);
            return thread;
          });

  /** Keys that wait for a request, with everybody who wants them. Guarded by this. */
  private Map<PartKey, List<PartLookup>> waiting = new LinkedHashMap<>();

  BatchedPartReader(DynamoDbAsyncClient client, String table) {
    this(client, table, LINGER);
  }

  BatchedPartReader(DynamoDbAsyncClient client, String table, Duration linger) {
    this.client = client;
    this.table = table;
    this.linger = linger;
  }

  @Override
  public CompletableFuture<List<InvoicePart>> read(String invoiceNo, Set<Integer> likelyParts) {
    Set<Integer> parts = new HashSet<>(likelyParts);
    parts.add(InvoiceParts.SUMMARY_PART);
    PartLookup lookup = new PartLookup(invoiceNo);
    enqueue(lookup, parts);
    return lookup.done();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.close();
  }

  private void enqueue(PartLookup lookup, Collection<Integer> parts) {
    lookup.expect(parts);
    boolean full;
    synchronized (this) {
      if (waiting.isEmpty()) {
        after(linger, this::sendWaiting);
      }
      for (int part : parts) {
        waiting
            .computeIfAbsent(new PartKey(lookup.invoiceNo(), part), k -> new ArrayList<>(1))
            .add(lookup);
      }
      full = waiting.size() >= KEYS_PER_REQUEST;
    }
    if (full) {
      sendWaiting();
    }
  }

  private void sendWaiting() {
    Map<PartKey, List<PartLookup>> wanted;
    synchronized (this) {
      wanted = waiting;
      waiting = new LinkedHashMap<>();
    }
    List<PartKey> keys = new ArrayList<>(wanted.keySet());
    for (int from = 0; from < keys.size(); from += KEYS_PER_REQUEST) {
      List<PartKey> some = keys.subList(from, Math.min(keys.size(), from + KEYS_PER_REQUEST));
      request(some.stream().collect(Collectors.toMap(key -> key, wanted::get)));
    }
  }

  private void request(Map<PartKey, List<PartLookup>> wanted) {
    List<Map<String, AttributeValue>> keys =
        wanted.keySet().stream().map(ViewItems::ofKey).collect(Collectors.toList());
    KeysAndAttributes request = KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
    Future<?> unused =
        send(request)
            .thenAccept(response -> answer(wanted, response))
            .exceptionally(
                failure -> {
                  wanted
                      .values()
                      .forEach(
                          l -> l.forEach(lookup -> lookup.done().completeExceptionally(failure)));
                  return null;
                });
  }

  private CompletableFuture<BatchGetItemResponse> send(KeysAndAttributes keys) {
    try {
      return client.batchGetItem(r -> r.requestItems(Map.of(table, keys)));
    } catch (RuntimeException e) {
      // Nobody would answer those who wait.
      return CompletableFuture.failedFuture(e);
    }
  }

  private void answer(Map<PartKey, List<PartLookup>> wanted, BatchGetItemResponse response) {
    for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
      InvoicePart part = ViewItems.toPart(item);
      wanted.getOrDefault(part.key(), List.of()).forEach(lookup -> lookup.found(part));
    }
    Map<PartKey, List<PartLookup>> unprocessed = new LinkedHashMap<>();
    KeysAndAttributes left = response.unprocessedKeys().get(table);
    Set<Map<String, AttributeValue>> leftKeys = left == null ? Set.of() : Set.copyOf(left.keys());
    wanted.forEach(
        (key, lookups) -> {
          if (!leftKeys.isEmpty() && leftKeys.contains(ViewItems.ofKey(key))) {
            unprocessed.put(key, lookups);
          } else {
            lookups.forEach(this::answered);
          }
        });
    if (!unprocessed.isEmpty()) {
      after(UNPROCESSED_PAUSE, () -> request(unprocessed));
    }
  }

  private void answered(PartLookup lookup) {
    List<Integer> more = lookup.answered();
    if (!more.isEmpty()) {
      enqueue(lookup, more);
    }
  }

  private void after(Duration pause, Runnable task) {
    Future<?> unused = timer.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}
