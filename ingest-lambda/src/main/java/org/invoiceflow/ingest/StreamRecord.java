package org.invoiceflow.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.core.SdkBytes;

/**
 * One Kinesis record to be: lines of one invoice as a row JSON array, under the invoice's number as
 * partition key, so that an invoice's lines share a shard. An InvoiceNo is at most 64 bytes, well
 * within a key's 256 characters.
 */
record StreamRecord(String partitionKey, SdkBytes data) {

  /**
   * Most bytes of a record with more than one line; a single line has at most about 10 KB. Kinesis
   * allows 1 MiB by default, but a failed record is sent again whole.
   */
  static final int MAX_BYTES = 256 * 1024;

  /** The lines as records, in the order in which each invoice and each of its lines came first. */
  static List<StreamRecord> group(List<InvoiceLine> lines) {
    Map<String, List<InvoiceLine>> invoices = new LinkedHashMap<>();
    for (InvoiceLine line : lines) {
      invoices.computeIfAbsent(line.invoiceNo(), key -> new ArrayList<>()).add(line);
    }
    List<StreamRecord> records = new ArrayList<>(invoices.size());
    invoices.forEach((invoiceNo, its) -> addRecords(invoiceNo, its, records));
    return records;
  }

  /** Halves the lines until each part fits. */
  private static void addRecords(
      String invoiceNo, List<InvoiceLine> lines, List<StreamRecord> records) {
    byte[] data = LineJson.toJsonArray(lines).getBytes(StandardCharsets.UTF_8);
    if (data.length <= MAX_BYTES || lines.size() == 1) {
      records.add(new StreamRecord(invoiceNo, SdkBytes.fromByteArrayUnsafe(data)));
      return;
    }
    int half = lines.size() / 2;
    addRecords(invoiceNo, lines.subList(0, half), records);
    addRecords(invoiceNo, lines.subList(half, lines.size()), records);
  }

  /** What the record counts against the limits of a PutRecords call. */
  int size() {
    return data.asByteArrayUnsafe().length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
  }
}
