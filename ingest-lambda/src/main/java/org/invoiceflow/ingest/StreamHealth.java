package org.invoiceflow.ingest;

import org.invoiceflow.http.Answer;
import org.invoiceflow.http.RequestLog;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Says whether the stream would take records now, from its status. */
final class StreamHealth {

  private final KinesisClient kinesis;
  private final String streamName;

  StreamHealth(KinesisClient kinesis, String streamName) {
    this.kinesis = kinesis;
    this.streamName = streamName;
  }

  Answer check(RequestLog.Line log) {
    try {
      StreamStatus status =
          kinesis
              .describeStreamSummary(request -> request.streamName(streamName))
              .streamDescriptionSummary()
              .streamStatus();
      // A stream takes records while its shards are being split or merged.
      if (status == StreamStatus.ACTIVE || status == StreamStatus.UPDATING) {
        return Answer.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("status", "ok");
              json.writeEndObject();
            });
      }
      log.cause("the stream is " + status);
    } catch (SdkException e) {
      log.cause(e.toString());
    }
    return LineIntake.unavailable();
  }
}
