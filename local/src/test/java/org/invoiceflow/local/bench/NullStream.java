package org.invoiceflow.local.bench;

import java.util.Collections;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** A stream that takes everything and keeps nothing, at no cost. */
public final class NullStream implements KinesisClient {

  private static final PutRecordsResultEntry TAKEN =
      PutRecordsResultEntry.builder().shardId("shardId-000000000000").sequenceNumber("1").build();

  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    return PutRecordsResponse.builder()
        .failedRecordCount(0)
        .records(Collections.nCopies(request.records().size(), TAKEN))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
