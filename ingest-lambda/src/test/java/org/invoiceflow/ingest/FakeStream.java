package org.invoiceflow.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.JsonLines;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream in memory whose refusals are scripted, call by call; unscripted calls succeed. */
final class FakeStream implements KinesisClient {

  static final String THROTTLED = "ProvisionedThroughputExceededException";

  /** What each call sent, refused or not. */
  final List<List<PutRecordsRequestEntry>> calls = new ArrayList<>();

  /** What the stream holds, in the order of writing. */
  final List<PutRecordsRequestEntry> stored = new ArrayList<>();

  /** How often the stream was asked for its status. */
  int described;

  private final Deque<Function<Integer, String>> script = new ArrayDeque<>();
  private Function<Integer, String> otherwise = index -> null;
  private RuntimeException down;
  private StreamStatus status = StreamStatus.ACTIVE;

  /** The next call refuses the entries at these places with this code. */
  FakeStream refusing(String code, Integer... places) {
    List<Integer> refused = List.of(places);
    script.add(index -> refused.contains(index) ? code : null);
    return this;
  }

  /** Every unscripted call refuses every entry with this code. */
  FakeStream refusingAll(String code) {
    otherwise = index -> code;
    return this;
  }

  /** Every call fails as a whole, until {@link #up()}. */
  FakeStream down(RuntimeException failure) {
    down = failure;
    return this;
  }

  FakeStream up() {
    down = null;
    otherwise = index -> null;
    return this;
  }

  FakeStream status(StreamStatus value) {
    status = value;
    return this;
  }

  /** A failure as the SDK throws it for an error answer. */
  static KinesisException failure(int httpStatus, String code) {
    return (KinesisException)
        KinesisException.builder()
            .statusCode(httpStatus)
            .message(code)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  List<String> storedKeys() {
    return stored.stream().map(PutRecordsRequestEntry::partitionKey).toList();
  }

  List<List<String>> keysOfCalls() {
    return calls.stream()
        .map(call -> call.stream().map(PutRecordsRequestEntry::partitionKey).toList())
        .toList();
  }

  /** All stored lines, record by record. */
  List<InvoiceLine> storedLines() {
    return stored.stream().flatMap(record -> linesOf(record).stream()).toList();
  }

  static List<InvoiceLine> linesOf(PutRecordsRequestEntry record) {
    JsonLines read = LineJson.read(record.data().asByteArray());
    return read.lines().stream().map(line -> line.result().line().orElseThrow()).toList();
  }

  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    calls.add(request.records());
    if (down != null) {
      throw down;
    }
    Function<Integer, String> codes = script.isEmpty() ? otherwise : script.remove();
    List<PutRecordsResultEntry> results =
        IntStream.range(0, request.records().size())
            .mapToObj(index -> result(codes.apply(index), request.records().get(index)))
            .toList();
    int failed = (int) results.stream().filter(result -> result.errorCode() != null).count();
    return PutRecordsResponse.builder().failedRecordCount(failed).records(results).build();
  }

  private PutRecordsResultEntry result(String code, PutRecordsRequestEntry entry) {
    if (code != null) {
      return PutRecordsResultEntry.builder().errorCode(code).errorMessage("refused").build();
    }
    stored.add(entry);
    return PutRecordsResultEntry.builder()
        .shardId("shardId-000000000000")
        .sequenceNumber(Integer.toString(stored.size()))
        .build();
  }

  @Override
  public DescribeStreamSummaryResponse describeStreamSummary(DescribeStreamSummaryRequest request) {
    described++;
    if (down != null) {
      throw down;
    }
    return DescribeStreamSummaryResponse.builder()
        .streamDescriptionSummary(
            summary -> summary.streamName(request.streamName()).streamStatus(status))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
