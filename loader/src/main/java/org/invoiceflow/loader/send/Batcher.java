package org.invoiceflow.loader.send;

import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.loader.input.SourceLine;
import org.invoiceflow.model.InvoiceLine;

/**
 * Cuts a file's lines into batches, in file order. A full batch is cut before the invoice that does
 * not fit whole, if that keeps at least half of it: an invoice's lines then share a request, and
 * with it a record on the stream. Larger invoices are torn.
 */
final class Batcher {

  /** Below the API's limit of 1 MB, with room for what gateways add. */
  static final int MAX_BYTES = 900_000;

  private final int maxLines;
  private final int maxBytes;
  private final List<Pending> pending = new ArrayList<>();
  private int lines;
  private int bytes;

  /** An entry and the invoice that it belongs to; a refused one belongs to the one before it. */
  private record Pending(Batch.Entry entry, String invoiceNo) {}

  Batcher(int maxLines, int maxBytes) {
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
  }

  /** Takes the next line, and gives the batches that are complete now; mostly none. */
  List<Batch> add(SourceLine line) {
    List<Batch> complete = new ArrayList<>(0);
    Utf8Json json = line.result().line().map(Utf8Json::of).orElse(Utf8Json.NONE);
    String invoiceNo =
        line.result().line().map(InvoiceLine::invoiceNo).orElseGet(this::lastInvoice);
    boolean refused = json.length() == 0;
    while (!pending.isEmpty() && !fits(refused, json.length())) {
      complete.add(cut(invoiceNo));
    }
    pending.add(new Pending(new Batch.Entry(line, json), invoiceNo));
    count(json, 1);
    return complete;
  }

  /** What is left at the end of the file; at most one batch. */
  List<Batch> finish() {
    return pending.isEmpty() ? List.of() : List.of(take(pending.size()));
  }

  private boolean fits(boolean refused, int length) {
    if (refused) {
      // Refused lines cost no request, but memory.
      return pending.size() - lines < maxLines;
    }
    return lines < maxLines && bytes + length + 2 <= maxBytes;
  }

  private Batch cut(String nextInvoice) {
    String after = nextInvoice;
    for (int end = pending.size(); end > pending.size() / 2; end--) {
      String before = pending.get(end - 1).invoiceNo();
      if (!before.equals(after)) {
        return take(end);
      }
      after = before;
    }
    return take(pending.size());
  }

  private Batch take(int count) {
    List<Pending> taken = pending.subList(0, count);
    Batch batch = new Batch(taken.stream().map(Pending::entry).toList());
    taken.forEach(p -> count(p.entry().json(), -1));
    taken.clear();
    return batch;
  }

  private void count(Utf8Json json, int sign) {
    if (json.length() > 0) {
      lines += sign;
      bytes += sign * (json.length() + 1);
    }
  }

  private String lastInvoice() {
    return pending.isEmpty() ? "" : pending.get(pending.size() - 1).invoiceNo();
  }
}
