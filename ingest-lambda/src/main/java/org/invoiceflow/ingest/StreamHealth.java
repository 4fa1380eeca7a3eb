package org.invoiceflow.ingest;

import java.time.Duration;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.RequestLog;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Says whether the stream would take records now. Only a write tells: the stream can be there and
 * the right to write to it, or to use its key, be missing. So what became of the latest write
 * counts as long as it is fresh; otherwise the stream is asked for its status, at most once in a
 * few seconds, whatever the checkers of health do. Thread-safe.
 */
final class StreamHealth {

  /** An account may describe its streams 20 times a second, all instances together. */
  static final Duration KNOWN_FOR = Duration.ofSeconds(5);

  /**
   * A failed write counts longer than a good one, or an endpoint that cannot write would look well
   * between two tries; but not for ever, since a sender may wait for the answer to change.
   */
  static final Duration FAILURE_KNOWN_FOR = Duration.ofSeconds(60);

  /**
   * @param nanos when it was found, by {@link Waiting#nanoTime()}
   */
  private record Known(StreamWriter.State state, long nanos, Duration validity) {}

  private final KinesisClient kinesis;
  private final String streamName;
  private final Waiting waiting;
  private @Nullable Known known;

  StreamHealth(KinesisClient kinesis, String streamName, Waiting waiting) {
    this.kinesis = kinesis;
    this.streamName = streamName;
    this.waiting = waiting;
  }

  /** What became of a write. */
  synchronized void wrote(StreamWriter.State state) {
    learn(state, state == StreamWriter.State.UNAVAILABLE ? FAILURE_KNOWN_FOR : KNOWN_FOR);
  }

  synchronized Answer check(RequestLog.Line log) {
    Known held = known;
    boolean isFresh = held != null && waiting.nanoTime() - held.nanos < held.validity.toNanos();
    StreamWriter.State state = held != null && isFresh ? held.state : ask(log);
    return switch (state) {
      case WRITTEN ->
          Answer.json(
              200,
              json -> {
                json.writeStartObject();
                json.writeStringField("status", "ok");
                json.writeEndObject();
              });
      case THROTTLED -> LineIntake.throttled();
      case UNAVAILABLE -> LineIntake.unavailable();
    };
  }

  private StreamWriter.State ask(RequestLog.Line log) {
    log.count("calls", 1);
    try {
      StreamStatus status =
          kinesis
              .describeStreamSummary(request -> request.streamName(streamName))
              .streamDescriptionSummary()
              .streamStatus();
      // A stream takes records while its shards are being split or merged.
      if (status == StreamStatus.ACTIVE || status == StreamStatus.UPDATING) {
        return learn(StreamWriter.State.WRITTEN, KNOWN_FOR);
      }
      log.cause("the stream is " + status);
    } catch (AwsServiceException e) {
      log.cause(PutRecordsCall.describe(e));
      if (PutRecordsCall.isThrottling(e)) {
        // Others ask too often. That says nothing of writing: what was known goes on to hold.
        return learn(known == null ? StreamWriter.State.THROTTLED : known.state, KNOWN_FOR);
      }
    } catch (SdkException e) {
      log.cause(e.toString());
    }
    return learn(StreamWriter.State.UNAVAILABLE, KNOWN_FOR);
  }

  private StreamWriter.State learn(StreamWriter.State state, Duration validity) {
    known = new Known(state, waiting.nanoTime(), validity);
    return state;
  }
}
