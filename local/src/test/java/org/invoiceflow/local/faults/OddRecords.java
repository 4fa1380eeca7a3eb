package org.invoiceflow.local.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/**
 * Records as a stream brings them, in a seeded order: an invoice's lines cut into records that lie
 * among those of other invoices, and every few records one that is broken, one that is sent twice,
 * one with a line that came from another file before. If told so, also one of which a line has a
 * contender elsewhere; which of the two is stored depends on arrival.
 */
final class OddRecords {

  private static final int MAX_LINES = 8;

  /** How far a record may stray from its invoice's place, in invoices. */
  private static final int SPREAD = 15;

  /** One in so many records is of each odd kind. */
  private static final int ODD = 6;

  /**
   * One record.
   *
   * @param lines that are to be stored
   * @param rejected lines, or records that cannot be read, that are to be rejected
   * @param listed lines that are to be listed as repeated from another file
   * @param raw lines by the count of the lake
   */
  record Sent(
      String invoiceNo,
      byte[] payload,
      List<InvoiceLine> lines,
      int rejected,
      int listed,
      int raw) {}

  /**
   * What stores must hold of some records.
   *
   * @param lines for each identity the contents of which one is to be stored, most often one
   */
  record Truth(List<Set<InvoiceLine>> lines, long raw, long rejected, long listed) {}

  private final List<Sent> records;

  private OddRecords(List<Sent> records) {
    this.records = List.copyOf(records);
  }

  /**
   * @param invoices the lines of each invoice
   * @param hasConflicts whether lines have contenders
   */
  static OddRecords of(Map<String, List<InvoiceLine>> invoices, long seed, boolean hasConflicts) {
    Random random = new Random(seed);
    List<Map.Entry<Double, Sent>> placed = new ArrayList<>();
    double place = 0;
    for (List<InvoiceLine> lines : invoices.values()) {
      for (Sent sent : records(lines, random)) {
        double own = place + random.nextDouble() * SPREAD;
        placed.add(Map.entry(own, sent));
        double other = place + random.nextDouble() * SPREAD;
        switch (random.nextInt(ODD)) {
          case 0 -> placed.add(Map.entry(other, sent));
          case 1 -> {
            if (hasConflicts && !sent.lines().isEmpty()) {
              placed.add(Map.entry(other, contender(sent.lines().get(0))));
            }
          }
          default -> {}
        }
      }
      place++;
    }
    placed.sort(Comparator.comparingDouble(Map.Entry::getKey));
    return new OddRecords(placed.stream().map(Map.Entry::getValue).toList());
  }

  private static List<Sent> records(List<InvoiceLine> lines, Random random) {
    List<Sent> records = new ArrayList<>();
    int from = 0;
    while (from < lines.size()) {
      int to = Math.min(lines.size(), from + 1 + random.nextInt(MAX_LINES));
      records.add(record(lines.subList(from, to), random.nextInt(ODD)));
      from = to;
    }
    return records;
  }

  private static Sent record(List<InvoiceLine> lines, int kind) {
    List<InvoiceLine> sent = new ArrayList<>(lines);
    InvoiceLine last = lines.get(lines.size() - 1);
    int listed = 0;
    String invoiceNo = last.invoiceNo();
    switch (kind) {
      case 0 -> {
        return new Sent(invoiceNo, bytes("no JSON: " + invoiceNo), List.of(), 1, 0, 1);
      }
      case 1 -> {
        sent.add(last.toBuilder().sourceFile("another.csv").build());
        listed = 1;
      }
      case 2 -> {
        String array = LineJson.toJsonArray(lines);
        byte[] broken =
            bytes(
                array.substring(0, array.length() - 1) + ",{\"InvoiceNo\":\"" + invoiceNo + "\"}]");
        return new Sent(invoiceNo, broken, List.copyOf(lines), 1, 0, lines.size() + 1);
      }
      default -> {}
    }
    return new Sent(
        invoiceNo, bytes(LineJson.toJsonArray(sent)), List.copyOf(lines), 0, listed, sent.size());
  }

  private static Sent contender(InvoiceLine line) {
    InvoiceLine other = line.toBuilder().quantity(line.quantity() + 1).build();
    return new Sent(line.invoiceNo(), bytes(LineJson.toJson(other)), List.of(other), 0, 0, 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  int size() {
    return records.size();
  }

  Sent record(int index) {
    return records.get(index);
  }

  /** What is to come of the records with these numbers. */
  Truth truthOf(List<Integer> indices) {
    Map<String, Set<InvoiceLine>> lines = new LinkedHashMap<>();
    long raw = 0;
    long rejected = 0;
    long listed = 0;
    for (int index : indices) {
      Sent sent = records.get(index);
      for (InvoiceLine line : sent.lines()) {
        lines
            .computeIfAbsent(line.invoiceNo() + "/" + line.lineNo(), any -> new HashSet<>())
            .add(line);
      }
      raw += sent.raw();
      rejected += sent.rejected();
      listed += sent.listed();
    }
    // Records with contenders are sent once, so that it does not matter which of them is stored.
    rejected += lines.values().stream().mapToLong(contents -> contents.size() - 1).sum();
    return new Truth(List.copyOf(lines.values()), raw, rejected, listed);
  }
}
