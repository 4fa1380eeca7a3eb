package org.invoiceflow.local.stores;

import static org.invoiceflow.model.ViewSchema.INVOICE_NO;
import static org.invoiceflow.model.ViewSchema.LINES;
import static org.invoiceflow.model.ViewSchema.LINE_COUNT;
import static org.invoiceflow.model.ViewSchema.PART;
import static org.invoiceflow.model.ViewSchema.PARTS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.JsonLine;
import org.invoiceflow.model.JsonLines;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One item of the invoices view.
 *
 * @param part sort key, as stored
 * @param lines the part's readable lines that belong to it, in their stored order
 * @param summary on part {@code 0001} only
 * @param parts keys of the invoice's parts, on part {@code 0001} only
 */
record InvoiceItem(
    String invoiceNo,
    String part,
    List<InvoiceLine> lines,
    Optional<InvoiceSummary> summary,
    Set<String> parts) {

  static final String FIRST_PART = InvoiceParts.key(InvoiceParts.SUMMARY_PART);

  /** Whether this item says that it is the whole invoice. */
  boolean isWholeInvoice() {
    return part.equals(FIRST_PART) && parts.equals(Set.of(FIRST_PART));
  }

  /** Reads and checks an item by itself; what is wrong becomes a finding and is left out. */
  static Optional<InvoiceItem> read(Map<String, AttributeValue> item, Findings.Collector findings) {
    AttributeValue invoiceNo = item.get(INVOICE_NO);
    AttributeValue part = item.get(PART);
    if (invoiceNo == null || invoiceNo.s() == null || part == null || part.s() == null) {
      findings.add("The invoices view has an item without the key " + INVOICE_NO + ", " + PART);
      return Optional.empty();
    }
    String where = where(invoiceNo.s(), part.s());
    boolean first = part.s().equals(FIRST_PART);
    if (!first && (item.containsKey(PARTS) || item.containsKey(LINE_COUNT))) {
      findings.add(where + ": only part " + FIRST_PART + " carries the summary");
    }
    AttributeValue parts = item.get(PARTS);
    return Optional.of(
        new InvoiceItem(
            invoiceNo.s(),
            part.s(),
            lines(item, invoiceNo.s(), part.s(), findings),
            first ? SummaryItem.read(item, where, findings) : Optional.empty(),
            first && parts != null ? Set.copyOf(parts.ss()) : Set.of()));
  }

  static String where(String invoiceNo, String part) {
    return "Invoice " + invoiceNo + ", part " + part;
  }

  private static List<InvoiceLine> lines(
      Map<String, AttributeValue> item,
      String invoiceNo,
      String part,
      Findings.Collector findings) {
    AttributeValue json = item.get(LINES);
    if (json == null || json.s() == null) {
      if (!part.equals(FIRST_PART)) {
        findings.add(where(invoiceNo, part) + ": has no lines");
      }
      return List.of();
    }
    JsonLines read = LineJson.read(json.s().getBytes(StandardCharsets.UTF_8));
    read.unreadable().ifPresent(why -> findings.add(where(invoiceNo, part) + ": " + why.message()));
    List<InvoiceLine> lines = new ArrayList<>(read.lines().size());
    int before = 0;
    for (JsonLine element : read.lines()) {
      Optional<InvoiceLine> line = element.result().line();
      if (line.isEmpty()) {
        findings.add(
            where(invoiceNo, part)
                + ": line at index "
                + element.index()
                + " breaks the rules: "
                + element.result().violations());
      } else if (belongs(line.get(), before, invoiceNo, part, findings)) {
        before = line.get().lineNo();
        lines.add(line.get());
      }
    }
    return lines;
  }

  private static boolean belongs(
      InvoiceLine line, int before, String invoiceNo, String part, Findings.Collector findings) {
    if (!line.invoiceNo().equals(invoiceNo)
        || !InvoiceParts.key(InvoiceParts.partOf(line.lineNo())).equals(part)) {
      findings.add(
          where(invoiceNo, part)
              + ": holds line "
              + line.lineNo()
              + " of invoice "
              + line.invoiceNo()
              + ", which does not belong there");
      return false;
    }
    if (line.lineNo() <= before) {
      findings.add(
          where(invoiceNo, part) + ": line " + line.lineNo() + " stands after line " + before);
    }
    return line.lineNo() != before;
  }
}
