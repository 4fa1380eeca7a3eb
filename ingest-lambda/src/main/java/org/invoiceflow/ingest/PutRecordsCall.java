package org.invoiceflow.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** One PutRecords call and what became of each record. */
final class PutRecordsCall {

  private static final Set<String> THROTTLING =
      Set.of(
          "ProvisionedThroughputExceededException",
          "KMSThrottlingException",
          "LimitExceededException",
          "ThrottlingException");

  /**
   * @param failed records that the stream did not take, in the order sent
   * @param throttled whether any of them failed for the rate
   * @param worthRetrying whether the same call can succeed a little later
   * @param cause what the stream said; "" if nothing failed
   */
  record Result(
      List<StreamRecord> failed, boolean throttled, boolean worthRetrying, String cause) {}

  private final KinesisClient kinesis;
  private final String streamName;

  PutRecordsCall(KinesisClient kinesis, String streamName) {
    this.kinesis = kinesis;
    this.streamName = streamName;
  }

  Result put(List<StreamRecord> records) {
    List<PutRecordsRequestEntry> entries = records.stream().map(PutRecordsCall::entry).toList();
    PutRecordsRequest request =
        PutRecordsRequest.builder().streamName(streamName).records(entries).build();
    try {
      return entryByEntry(records, kinesis.putRecords(request));
    } catch (AwsServiceException e) {
      boolean throttled = isThrottling(e);
      return new Result(records, throttled, throttled || e.statusCode() >= 500, describe(e));
    } catch (SdkException e) {
      return new Result(records, false, true, e.toString());
    }
  }

  private static PutRecordsRequestEntry entry(StreamRecord record) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(record.partitionKey())
        .data(record.data())
        .build();
  }

  /** A call that succeeds as a whole may still have failed for some records. */
  private static Result entryByEntry(List<StreamRecord> sent, PutRecordsResponse response) {
    List<PutRecordsResultEntry> results = response.records();
    List<StreamRecord> failed = new ArrayList<>();
    Set<String> codes = new TreeSet<>();
    for (int i = 0; i < sent.size(); i++) {
      if (i >= results.size()) {
        failed.add(sent.get(i));
        codes.add("no result");
      } else if (results.get(i).errorCode() != null) {
        failed.add(sent.get(i));
        codes.add(results.get(i).errorCode());
      }
    }
    boolean throttled = codes.stream().anyMatch(THROTTLING::contains);
    return new Result(List.copyOf(failed), throttled, true, String.join(", ", codes));
  }

  static boolean isThrottling(AwsServiceException e) {
    return e.isThrottlingException() || THROTTLING.contains(codeOf(e));
  }

  /** For the log. Only the message of a validation quotes what was sent, and is left out. */
  static String describe(AwsServiceException e) {
    return codeOf(e).startsWith("Validation") ? codeOf(e) : e.toString();
  }

  private static String codeOf(AwsServiceException e) {
    return e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
  }
}
