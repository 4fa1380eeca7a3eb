package org.invoiceflow.local.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Records as senders put them on the stream: each holds lines of one invoice, some come twice, and
 * those of an invoice lie far apart.
 *
 * @param entries in the order of sending
 * @param lines in all of them together, each time that one is sent
 */
record MixedRecords(List<PutRecordsRequestEntry> entries, long lines) {

  private static final int MAX_LINES_PER_RECORD = 20;

  /** One record in so many is sent twice. */
  private static final int REPEATED = 8;

  MixedRecords {
    entries = List.copyOf(entries);
  }

  /** All lines of the file; the seed says how they are cut and mixed. */
  static MixedRecords of(GeneratedFile file, long seed) {
    Random random = new Random(seed);
    List<List<InvoiceLine>> records = new ArrayList<>();
    for (List<InvoiceLine> invoice : file.byInvoice().values()) {
      int from = 0;
      while (from < invoice.size()) {
        int to = Math.min(invoice.size(), from + 1 + random.nextInt(MAX_LINES_PER_RECORD));
        records.add(invoice.subList(from, to));
        if (random.nextInt(REPEATED) == 0) {
          records.add(invoice.subList(from, to));
        }
        from = to;
      }
    }
    Collections.shuffle(records, random);
    return new MixedRecords(
        records.stream().map(MixedRecords::entry).toList(),
        records.stream().mapToLong(List::size).sum());
  }

  private static PutRecordsRequestEntry entry(List<InvoiceLine> lines) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(lines.get(0).invoiceNo())
        .data(SdkBytes.fromString(LineJson.toJsonArray(lines), StandardCharsets.UTF_8))
        .build();
  }
}
