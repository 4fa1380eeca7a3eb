package org.invoiceflow.job.sources;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.kinesis.shaded.com.amazonaws.ClientConfiguration;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.AmazonKinesis;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ListShardsRequest;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ListShardsResult;
import org.apache.flink.streaming.api.functions.source.ParallelSourceFunction;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;
import org.apache.flink.streaming.connectors.kinesis.util.AWSUtil;
import org.apache.flink.streaming.connectors.kinesis.util.UniformShardAssigner;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * The records of a Kinesis stream, as they are: nothing is parsed here, a record may hold several
 * lines. Hides which connector reads them; it is the older one, because the newer one that can be
 * had for Flink 1.20 fails at a closed shard that still holds records.
 *
 * <p>Exactly-once into the job's state. The order of an invoice's records is not kept across a
 * reshard. There are no watermarks: the graph uses no event time, so an idle shard holds nothing
 * up.
 *
 * <p>A stream is read from its oldest record or from an instant, never from its end: a savepoint
 * that is taken before a shard's first record remembers the wish and not a place, and reading from
 * the end again after the restore would pass over what arrived meanwhile.
 */
public final class KinesisRecords {

  /** Most records that Kinesis returns for one read. */
  private static final int MAX_RECORDS_PER_GET = 10_000;

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern(
              ConsumerConfigConstants.DEFAULT_STREAM_TIMESTAMP_DATE_FORMAT, Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** A person waits for the answer. */
  private static final int CHECK_RETRIES = 2;

  private KinesisRecords() {}

  /** Unbounded; cannot run in BATCH mode. Name, uid and parallelism are the caller's to give. */
  @SuppressWarnings("deprecation") // The connector is a SourceFunction; see the class comment.
  public static ParallelSourceFunction<ReceivedRecord> source(KinesisSettings settings) {
    FlinkKinesisConsumer<ReceivedRecord> consumer =
        new FlinkKinesisConsumer<>(settings.stream(), new AsReceived(), properties(settings));
    // The default, by hash code, leaves some subtasks without a shard and others with many.
    consumer.setShardAssigner(new UniformShardAssigner());
    return consumer;
  }

  /**
   * Asks for the stream's shards, as the consumer will do. To be called before the job starts: a
   * job whose stream is missing is restarted without end.
   *
   * @throws RuntimeException of the client, with the service's words, if the stream cannot be read
   */
  public static void check(KinesisSettings settings) {
    ClientConfiguration patience = new ClientConfiguration().withMaxErrorRetry(CHECK_RETRIES);
    AmazonKinesis client = AWSUtil.createKinesisClient(properties(settings), patience);
    try {
      ListShardsResult unused =
          client.listShards(
              new ListShardsRequest().withStreamName(settings.stream()).withMaxResults(1));
    } finally {
      client.shutdown();
    }
  }

  /**
   * Adaptive reads stay off: they keep a read below 2 MB, where the service itself answers up to 10
   * MB and then makes the reader wait; the rate is the same.
   */
  static Properties properties(KinesisSettings settings) {
    Properties properties = settings.access().connectorProperties();
    setStart(properties, settings.startAt().orElse(null));
    properties.setProperty(
        ConsumerConfigConstants.SHARD_GETRECORDS_INTERVAL_MILLIS,
        Long.toString(settings.pollInterval().toMillis()));
    properties.setProperty(
        ConsumerConfigConstants.SHARD_DISCOVERY_INTERVAL_MILLIS,
        Long.toString(settings.shardDiscoveryInterval().toMillis()));
    properties.setProperty(
        ConsumerConfigConstants.SHARD_GETRECORDS_MAX, Integer.toString(MAX_RECORDS_PER_GET));
    return properties;
  }

  private static void setStart(Properties properties, @Nullable Instant startAt) {
    if (startAt == null) {
      properties.setProperty(ConsumerConfigConstants.STREAM_INITIAL_POSITION, "TRIM_HORIZON");
    } else {
      properties.setProperty(ConsumerConfigConstants.STREAM_INITIAL_POSITION, "AT_TIMESTAMP");
      properties.setProperty(
          ConsumerConfigConstants.STREAM_INITIAL_TIMESTAMP,
          TIMESTAMP.format(startAt.truncatedTo(ChronoUnit.MILLIS)));
    }
  }

  /** Keeps a record's bytes and says where they came from. Cannot fail. */
  static final class AsReceived implements KinesisDeserializationSchema<ReceivedRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public ReceivedRecord deserialize(
        byte[] data,
        String partitionKey,
        String sequenceNumber,
        long approximateArrivalMillis,
        String stream,
        String shardId) {
      Origin origin =
          new Origin("kinesis:" + stream, shardId + "/" + sequenceNumber, approximateArrivalMillis);
      return new ReceivedRecord(origin, ReceivedRecord.JSON, ReceivedRecord.NO_LINE_NO, data);
    }

    @Override
    public TypeInformation<ReceivedRecord> getProducedType() {
      return CodecTypeInfo.using(ReceivedRecordCodec.class);
    }
  }
}
