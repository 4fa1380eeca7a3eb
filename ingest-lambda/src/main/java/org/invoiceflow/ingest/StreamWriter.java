package org.invoiceflow.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Puts records on the stream. What fails is sent again, and nothing else, with exponential backoff
 * and jitter, until it is written or time is up. Failed records go before the waiting ones, so that
 * an invoice's order is kept as far as PutRecords allows. Thread-safe.
 */
final class StreamWriter {

  /** Limits of one PutRecords call; bytes include the partition keys. */
  static final int MAX_CALL_RECORDS = 500;

  static final int MAX_CALL_BYTES = 5 * 1024 * 1024;

  /**
   * No call starts later than this after the first: with the call's own timeout of 3 s the sender
   * has an answer within 10 s, while API Gateway waits for 30.
   */
  static final Duration RETRY_FOR = Duration.ofSeconds(6);

  private static final long FIRST_DELAY_MILLIS = 50;
  private static final long LONGEST_DELAY_MILLIS = 1_000;

  /** How a write ended. */
  enum State {
    WRITTEN,
    /** The stream refused records for their rate until time was up. */
    THROTTLED,
    /** The stream cannot be reached, does not exist or does not let us write. */
    UNAVAILABLE
  }

  /**
   * @param calls number of PutRecords calls
   * @param cause what the stream said last when it did not take the records
   */
  record Outcome(State state, int calls, Optional<String> cause) {}

  private final PutRecordsCall call;
  private final Waiting waiting;

  StreamWriter(KinesisClient kinesis, String streamName, Waiting waiting) {
    this.call = new PutRecordsCall(kinesis, streamName);
    this.waiting = waiting;
  }

  Outcome write(List<StreamRecord> records) {
    long start = waiting.nanoTime();
    List<StreamRecord> open = records;
    int calls = 0;
    int failuresInARow = 0;
    while (!open.isEmpty()) {
      int chunk = firstChunk(open);
      PutRecordsCall.Result result = call.put(open.subList(0, chunk));
      calls++;
      List<StreamRecord> next = new ArrayList<>(result.failed());
      next.addAll(open.subList(chunk, open.size()));
      open = next;
      if (result.failed().isEmpty()) {
        failuresInARow = 0;
        continue;
      }
      Duration delay = delayAfter(++failuresInARow);
      boolean timeIsUp = waiting.nanoTime() - start + delay.toNanos() > RETRY_FOR.toNanos();
      if (!result.worthRetrying() || timeIsUp || !pause(delay)) {
        State state = result.throttled() ? State.THROTTLED : State.UNAVAILABLE;
        return new Outcome(state, calls, Optional.of(result.cause()));
      }
    }
    return new Outcome(State.WRITTEN, calls, Optional.empty());
  }

  /** Number of leading records that fit into one call; at least one. */
  private static int firstChunk(List<StreamRecord> records) {
    int bytes = 0;
    int count = 0;
    for (StreamRecord record : records) {
      bytes += record.size();
      if (count == MAX_CALL_RECORDS || (count > 0 && bytes > MAX_CALL_BYTES)) {
        break;
      }
      count++;
    }
    return count;
  }

  /**
   * Half of it is fixed and half is chance, so that senders who failed together do not return so.
   */
  private Duration delayAfter(int failures) {
    long longest = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures - 1, 10));
    return Duration.ofMillis(longest / 2 + (long) (waiting.random() * longest / 2));
  }

  /** Whether the time was waited out; an interrupt ends the waiting and stays set. */
  private boolean pause(Duration delay) {
    try {
      waiting.sleep(delay);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
