package org.invoiceflow.loader.warehouse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultRequest;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultResponse;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;

/** Remembers what it is asked, and answers as it is told. */
final class FakeDataApi implements RedshiftDataClient {

  final List<ExecuteStatementRequest> statements = new ArrayList<>();
  final List<BatchExecuteStatementRequest> batches = new ArrayList<>();

  /** The answers to the next questions after a statement; FINISHED if there is none. */
  final Deque<DescribeStatementResponse> states = new ArrayDeque<>();

  /** The pages of every result. */
  final List<List<List<Field>>> pages = new ArrayList<>();

  /** Thrown by the next calls that hand something in. */
  @Nullable SdkException refusal;

  private int ids;

  void state(StatusString status, String error) {
    states.add(DescribeStatementResponse.builder().status(status).error(error).build());
  }

  @Override
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    refuse();
    statements.add(request);
    return ExecuteStatementResponse.builder().id("id-" + ++ids).build();
  }

  @Override
  public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
    refuse();
    batches.add(request);
    return BatchExecuteStatementResponse.builder().id("id-" + ++ids).build();
  }

  @Override
  public DescribeStatementResponse describeStatement(DescribeStatementRequest request) {
    if (!request.id().equals("id-" + ids)) {
      throw new IllegalArgumentException("asked after another statement: " + request.id());
    }
    return states.isEmpty()
        ? DescribeStatementResponse.builder().status(StatusString.FINISHED).build()
        : states.remove();
  }

  @Override
  public GetStatementResultResponse getStatementResult(GetStatementResultRequest request) {
    int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    return GetStatementResultResponse.builder()
        .records(pages.isEmpty() ? List.of() : pages.get(page))
        .nextToken(page + 1 < pages.size() ? Integer.toString(page + 1) : null)
        .build();
  }

  private void refuse() {
    if (refusal != null) {
      throw refusal;
    }
  }

  static List<Field> row(Field... fields) {
    return Arrays.asList(fields);
  }

  @Override
  public String serviceName() {
    return "fake";
  }

  @Override
  public void close() {}
}
