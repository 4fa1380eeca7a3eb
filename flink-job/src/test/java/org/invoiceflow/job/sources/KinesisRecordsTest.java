package org.invoiceflow.job.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.java.ClosureCleaner;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.source.ParallelSourceFunction;
import org.invoiceflow.job.aws.AwsAccess;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.junit.jupiter.api.Test;

class KinesisRecordsTest {

  private final AwsAccess access = AwsAccess.inRegion("eu-central-1");
  private final KinesisSettings.Builder settings = KinesisSettings.of("lines", access);

  @Test
  void by_default_a_stream_is_read_from_its_oldest_record_with_the_role_of_the_application() {
    assertThat(asMap(KinesisRecords.properties(settings.build())))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "aws.region", "eu-central-1",
                "aws.credentials.provider", "AUTO",
                "flink.stream.initpos", "TRIM_HORIZON",
                "flink.shard.getrecords.intervalmillis", "200",
                "flink.shard.getrecords.maxrecordcount", "10000",
                "flink.shard.discovery.intervalmillis", "10000"));
  }

  @Test
  void every_setting_becomes_a_property_of_the_consumer() {
    KinesisSettings.Builder settings =
        KinesisSettings.of(
            "lines",
            AwsAccess.inRegion("eu-central-1")
                .withEndpoint(URI.create("http://127.0.0.1:4567"))
                .withFixedKey("key", "secret"));
    settings
        .startAt(Instant.parse("2010-12-01T08:26:00.123456Z"))
        .pollInterval(Duration.ofMillis(50))
        .shardDiscoveryInterval(Duration.ofSeconds(1));

    assertThat(asMap(KinesisRecords.properties(settings.build())))
        .containsEntry("aws.endpoint", "http://127.0.0.1:4567")
        .containsEntry("aws.credentials.provider", "BASIC")
        .containsEntry("aws.credentials.provider.basic.accesskeyid", "key")
        .containsEntry("aws.credentials.provider.basic.secretkey", "secret")
        .containsEntry("flink.stream.initpos", "AT_TIMESTAMP")
        .containsEntry("flink.stream.initpos.timestamp", "2010-12-01T08:26:00.123Z")
        .containsEntry("flink.shard.getrecords.intervalmillis", "50")
        .containsEntry("flink.shard.discovery.intervalmillis", "1000");
  }

  @Test
  void the_consumer_accepts_the_properties_and_can_travel_to_its_tasks() {
    settings.startAt(Instant.EPOCH);

    ParallelSourceFunction<ReceivedRecord> source = KinesisRecords.source(settings.build());

    ClosureCleaner.ensureSerializable(source);
    assertThat(((ResultTypeQueryable<?>) source).getProducedType())
        .isEqualTo(CodecTypeInfo.using(ReceivedRecordCodec.class));
  }

  @Test
  void a_record_keeps_its_bytes_and_says_where_it_came_from() {
    byte[] data = "not JSON at all".getBytes(UTF_8);

    ReceivedRecord record =
        new KinesisRecords.AsReceived()
            .deserialize(data, "536365", "4959", 1_291_191_960_000L, "lines", "shardId-000");

    assertThat(record.origin())
        .isEqualTo(new Origin("kinesis:lines", "shardId-000/4959", 1_291_191_960_000L));
    assertThat(record.payload()).isEqualTo(data);
    assertThat(record.format()).isEqualTo(ReceivedRecord.JSON);
    assertThat(record.lineNo()).isEqualTo(ReceivedRecord.NO_LINE_NO);
  }

  @Test
  void secrets_are_not_shown() {
    KinesisSettings.Builder withKey =
        KinesisSettings.of("lines", access.withFixedKey("AKIDEXAMPLE", "wJalrXUtnFEMI"));

    assertThat(withKey.build().toString())
        .contains("lines", "eu-central-1", "***")
        .doesNotContain("wJalr");
  }

  @Test
  void settings_out_of_range_are_refused_with_one_sentence() {
    assertThatThrownBy(() -> settings.pollInterval(Duration.ofMinutes(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below 5 minutes");
    assertThatThrownBy(() -> settings.shardDiscoveryInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 ms");
  }

  private static Map<Object, Object> asMap(Properties properties) {
    return properties;
  }
}
