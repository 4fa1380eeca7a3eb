package org.invoiceflow.local.bench.graph;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/**
 * The records that loader and handler make of a file, in the memory of this process: of each 500
 * lines one for each invoice, as a row JSON array.
 */
final class MemoryRecords {

  private static final int LINES_PER_REQUEST = 500;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  /** The source runs in this JVM, and Flink would copy the records into it. */
  private static volatile List<ReceivedRecord> records = List.of();

  private static volatile Runnable atFirst = () -> {};

  private MemoryRecords() {}

  static List<ReceivedRecord> of(List<InvoiceLine> lines) {
    List<ReceivedRecord> made = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += LINES_PER_REQUEST) {
      Map<String, List<InvoiceLine>> invoices = new LinkedHashMap<>();
      for (InvoiceLine line :
          lines.subList(from, Math.min(lines.size(), from + LINES_PER_REQUEST))) {
        invoices.computeIfAbsent(line.invoiceNo(), any -> new ArrayList<>()).add(line);
      }
      for (List<InvoiceLine> its : invoices.values()) {
        byte[] payload = LineJson.toJsonArray(its).getBytes(StandardCharsets.UTF_8);
        Origin origin = new Origin("kinesis:bench", "shard/" + made.size(), 0);
        made.add(
            new ReceivedRecord(origin, ReceivedRecord.JSON, ReceivedRecord.NO_LINE_NO, payload));
      }
    }
    return made;
  }

  /**
   * A bounded source of them; one job at a time.
   *
   * @param first runs before the first record is handed out
   */
  static Source<ReceivedRecord, ?, ?> source(List<ReceivedRecord> all, Runnable first) {
    records = all;
    atFirst = first;
    BEGUN.set(false);
    GeneratorFunction<Long, ReceivedRecord> byIndex = MemoryRecords::record;
    return new DataGeneratorSource<>(
        byIndex, all.size(), CodecTypeInfo.using(ReceivedRecordCodec.class));
  }

  private static ReceivedRecord record(long index) {
    if (!BEGUN.get() && BEGUN.compareAndSet(false, true)) {
      atFirst.run();
    }
    return records.get((int) index);
  }
}
