package org.invoiceflow.job.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.serialization.CodecTypeInfo;

/** A bounded source of the records of a test; its readers share them out. */
public final class MemoryRecords {

  private static final Map<Integer, List<ReceivedRecord>> ALL = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private MemoryRecords() {}

  public static Source<ReceivedRecord, ?, ?> of(List<ReceivedRecord> records) {
    return source(records, RateLimiterStrategy.noOp());
  }

  /** Slow enough that checkpoints come in between. */
  public static Source<ReceivedRecord, ?, ?> of(List<ReceivedRecord> records, double perSecond) {
    return source(records, RateLimiterStrategy.perSecond(perSecond));
  }

  private static Source<ReceivedRecord, ?, ?> source(
      List<ReceivedRecord> records, RateLimiterStrategy rate) {
    int id = NEXT.incrementAndGet();
    ALL.put(id, List.copyOf(records));
    GeneratorFunction<Long, ReceivedRecord> byIndex = index -> ALL.get(id).get(index.intValue());
    return new DataGeneratorSource<>(
        byIndex, records.size(), rate, CodecTypeInfo.using(ReceivedRecordCodec.class));
  }
}
