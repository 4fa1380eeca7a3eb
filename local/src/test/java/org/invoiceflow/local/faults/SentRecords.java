package org.invoiceflow.local.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/**
 * Records to put on a stream: generated lines, several of one invoice in each record, some records
 * twice, some that break a rule; all mixed by a seed.
 */
final class SentRecords {

  private static final int MAX_LINES_OF_A_RECORD = 25;

  /** One record in so many is sent twice. */
  private static final int REPEATED = 10;

  private static final int BROKEN = 3;

  private final List<StreamFeed.Item> records;
  private final List<InvoiceLine> lines;
  private final int received;
  private final long[] distinct;

  private SentRecords(List<StreamFeed.Item> records, List<InvoiceLine> lines, int received) {
    this.records = List.copyOf(records);
    this.lines = lines;
    this.received = received;
    this.distinct = distinct(records);
  }

  static SentRecords of(Path folder, int lines, long seed) throws IOException {
    GeneratedFile file =
        GeneratedFile.write(
            folder.resolve("sent-" + seed + ".csv"), GenerateOptions.of(lines, seed));
    Random random = new Random(seed);
    List<StreamFeed.Item> records = new ArrayList<>();
    int received = 0;
    for (List<InvoiceLine> its : file.byInvoice().values()) {
      for (List<InvoiceLine> part : cut(its, random)) {
        int times = random.nextInt(REPEATED) == 0 ? 2 : 1;
        received += times * part.size();
        records.addAll(Collections.nCopies(times, item(part)));
      }
    }
    for (int i = 0; i < BROKEN; i++) {
      String invoiceNo = String.format(Locale.ROOT, "K%d", i);
      String broken = "[{\"InvoiceNo\": \"" + invoiceNo + "\"}]";
      records.add(new StreamFeed.Item(invoiceNo, 0, broken.getBytes(StandardCharsets.UTF_8)));
    }
    Collections.shuffle(records, random);
    return new SentRecords(records, file.lines(), received + BROKEN);
  }

  private static List<List<InvoiceLine>> cut(List<InvoiceLine> lines, Random random) {
    List<List<InvoiceLine>> parts = new ArrayList<>();
    int from = 0;
    while (from < lines.size()) {
      int to = Math.min(lines.size(), from + 1 + random.nextInt(MAX_LINES_OF_A_RECORD));
      parts.add(lines.subList(from, to));
      from = to;
    }
    return parts;
  }

  private static StreamFeed.Item item(List<InvoiceLine> lines) {
    return new StreamFeed.Item(
        lines.get(0).invoiceNo(),
        lines.size(),
        LineJson.toJsonArray(lines).getBytes(StandardCharsets.UTF_8));
  }

  List<StreamFeed.Item> records() {
    return records;
  }

  /** The distinct lines that must be stored. */
  List<InvoiceLine> lines() {
    return lines;
  }

  /** All lines in the records: the distinct, the repeated and the rejected ones. */
  int received() {
    return received;
  }

  /** The records in so many portions of about one size. */
  List<List<StreamFeed.Item>> portions(int count) {
    List<List<StreamFeed.Item>> portions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      portions.add(records.subList(i * records.size() / count, (i + 1) * records.size() / count));
    }
    return portions;
  }

  /** How many distinct lines, to be stored, the first so many records hold. */
  long distinctAmong(int count) {
    return distinct[count];
  }

  private static long[] distinct(List<StreamFeed.Item> records) {
    long[] distinct = new long[records.size() + 1];
    Set<StreamFeed.Item> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < records.size(); i++) {
      StreamFeed.Item item = records.get(i);
      distinct[i + 1] = distinct[i] + (seen.add(item) ? item.lines() : 0);
    }
    return distinct;
  }

  /** Where the lake's figures differ from what was sent, in sentences. */
  List<String> differences(StoreAudit audit) {
    List<String> findings = new ArrayList<>();
    compare(findings, "raw/ holds %d lines, but %d were sent", audit.raw(), received);
    compare(findings, "rejected/ holds %d lines, but %d are due", audit.rejected(), BROKEN);
    return findings;
  }

  private static void compare(List<String> findings, String format, long actual, long due) {
    if (actual != due) {
      findings.add(String.format(Locale.ROOT, format, actual, due));
    }
  }
}
