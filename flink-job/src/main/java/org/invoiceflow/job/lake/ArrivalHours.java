package org.invoiceflow.job.lake;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.invoiceflow.job.intake.Origin;
import org.jspecify.annotations.Nullable;

/** Folders by the hour of receipt in UTC: {@code ingest_date=2010-12-01/ingest_hour=08}. */
final class ArrivalHours<T> implements BucketAssigner<T, String> {

  private static final long serialVersionUID = 1L;

  private static final long HOUR_MILLIS = 3_600_000L;
  private static final DateTimeFormatter FOLDERS =
      DateTimeFormatter.ofPattern("'ingest_date='uuuu-MM-dd'/ingest_hour='HH", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Where an element came from. */
  @FunctionalInterface
  interface OriginOf<T> extends Serializable {
    Origin of(T element);
  }

  private final OriginOf<T> originOf;

  /** The hour of the last element, since 1970; nearly always also that of the next one. */
  private transient long hour;

  private transient @Nullable String folders;

  ArrivalHours(OriginOf<T> originOf) {
    this.originOf = originOf;
  }

  @Override
  public String getBucketId(T element, Context context) {
    long millis = originOf.of(element).receivedAtMillis();
    long itsHour = Math.floorDiv(millis, HOUR_MILLIS);
    if (folders == null || itsHour != hour) {
      hour = itsHour;
      folders = FOLDERS.format(Instant.ofEpochMilli(millis));
    }
    return folders;
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
