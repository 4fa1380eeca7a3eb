package org.invoiceflow.local.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.invoiceflow.local.endpoints.Endpoints;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * What a stream has received, read by the SDK from its beginning.
 *
 * @param lines in all records
 * @param movedInvoices those of which more than one shard holds records
 */
record StreamContent(long lines, int movedInvoices) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static StreamContent read(Endpoints stores) throws IOException {
    String stream = stores.kinesis().stream();
    long lines = 0;
    Map<String, Set<String>> shardsOf = new HashMap<>();
    try (KinesisClient kinesis = stores.kinesis().client()) {
      List<String> shards =
          kinesis.listShards(r -> r.streamName(stream)).shards().stream()
              .map(Shard::shardId)
              .toList();
      for (String shard : shards) {
        for (Record record : read(kinesis, stream, shard)) {
          lines += JSON.readTree(record.data().asByteArray()).size();
          shardsOf.computeIfAbsent(record.partitionKey(), any -> new HashSet<>()).add(shard);
        }
      }
    }
    return new StreamContent(
        lines, (int) shardsOf.values().stream().filter(shards -> shards.size() > 1).count());
  }

  private static List<Record> read(KinesisClient kinesis, String stream, String shard) {
    List<Record> records = new ArrayList<>();
    String iterator =
        kinesis
            .getShardIterator(
                r ->
                    r.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    while (true) {
      String from = iterator;
      GetRecordsResponse some = kinesis.getRecords(r -> r.shardIterator(from));
      records.addAll(some.records());
      boolean isAtEnd = some.records().isEmpty() && some.millisBehindLatest() == 0;
      if (isAtEnd || some.nextShardIterator() == null) {
        return records;
      }
      iterator = some.nextShardIterator();
    }
  }
}
