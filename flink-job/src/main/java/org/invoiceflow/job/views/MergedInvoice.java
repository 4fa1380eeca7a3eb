package org.invoiceflow.job.views;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.invoiceflow.job.assembly.Conflicts;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.Violation;

/**
 * The union of an invoice's change with its stored parts, and what has to be written for it. Lines
 * are immutable, so the union needs no order.
 *
 * <p>Conflicts are decided here and nowhere else: the stored lines stand, the known ones follow, as
 * far as they contradict none before them, and then the fresh ones, each in their order. A known
 * line gets the decision that it got when it was fresh, since what stood before it then stands
 * before it now. Immutable.
 */
public final class MergedInvoice {

  private final List<InvoicePart> parts;
  private final InvoiceSummary summary;
  private final List<InvoiceLine> accepted;
  private final List<Rejection> conflicts;
  private final int alreadyStored;
  private final List<Rejection> repeated;

  MergedInvoice(
      InvoiceSummary summary,
      List<InvoicePart> parts,
      List<InvoiceLine> accepted,
      List<Rejection> conflicts,
      int alreadyStored,
      List<Rejection> repeated) {
    this.summary = summary;
    this.parts = List.copyOf(parts);
    this.accepted = List.copyOf(accepted);
    this.conflicts = List.copyOf(conflicts);
    this.alreadyStored = alreadyStored;
    this.repeated = List.copyOf(repeated);
  }

  /**
   * Merges a change with what is stored.
   *
   * @param stored the stored parts of the invoice, all of them
   */
  static MergedInvoice of(InvoiceChange change, Collection<InvoicePart> stored) {
    Union union = new Union(stored);
    change.known().forEach(union::addKnown);
    change.fresh().forEach(union::addFresh);
    InvoiceSummary summary = InvoiceSummary.of(union.lines.values());
    return new MergedInvoice(
        summary,
        union.partsToWrite(summary, !change.known().isEmpty()),
        union.accepted,
        union.conflicts,
        union.alreadyStored,
        union.repeated);
  }

  /**
   * The parts whose stored item is absent or different; none if all is stored already.
   *
   * <p>If earlier changes of the invoice are known, the parts of the accepted lines are among them
   * also if their stored items are equal: an older put of this job may still be on its way, and
   * would erase from such an item what another writer has added.
   */
  List<InvoicePart> parts() {
    return parts;
  }

  /** What the whole invoice adds up to. */
  InvoiceSummary summary() {
    return summary;
  }

  /**
   * The invoice's row of the customers view, which is written even if all parts are stored: a crash
   * may have come between the two tables. Empty for a guest's invoice.
   */
  Optional<InvoiceSummary> customerRow() {
    return summary.customerId().isPresent() ? Optional.of(summary) : Optional.empty();
  }

  /**
   * Fresh lines that contradict nothing, those that are stored already included: another store may
   * lack them.
   */
  List<InvoiceLine> accepted() {
    return accepted;
  }

  /** Fresh lines that contradict a stored one, a known one or an earlier fresh one. */
  List<Rejection> conflicts() {
    return conflicts;
  }

  /** Number of accepted lines that are stored already, of which keyed state knew nothing. */
  int alreadyStored() {
    return alreadyStored;
  }

  /** Those of the lines that are stored already which came from another file then. */
  List<Rejection> repeated() {
    return repeated;
  }

  /** The lines so far, by LineNo; starts with the stored ones. */
  private static final class Union {
    private final Map<Integer, InvoicePart> stored = new TreeMap<>();
    private final TreeMap<Integer, InvoiceLine> lines = new TreeMap<>();

    /** Parts that hold more than their stored item. */
    private final TreeSet<Integer> grown = new TreeSet<>();

    private final List<InvoiceLine> accepted = new ArrayList<>();
    private final List<Rejection> conflicts = new ArrayList<>(0);
    private final List<Rejection> repeated = new ArrayList<>(0);
    private int alreadyStored;
    private Optional<String> customer = Optional.empty();

    Union(Collection<InvoicePart> storedParts) {
      for (InvoicePart part : storedParts) {
        stored.put(part.part(), part);
        part.lines().forEach(this::put);
      }
    }

    private void put(InvoiceLine line) {
      lines.put(line.lineNo(), line);
      if (line.customerId().isPresent()) {
        customer = line.customerId();
      }
    }

    private void grow(InvoiceLine line) {
      put(line);
      grown.add(InvoiceParts.partOf(line.lineNo()));
    }

    /**
     * A line that an earlier change carried. If it was in conflict, that was reported then; if not,
     * its part was handed to the sink then, and if it is not stored by now, that put is on its way
     * or was overwritten by another writer.
     */
    void addKnown(InvoiceLine line) {
      Optional<InvoiceLine> twin = Optional.ofNullable(lines.get(line.lineNo()));
      if (twin.isEmpty() && Conflicts.between(line, twin, customer).isEmpty()) {
        grow(line);
      }
    }

    void addFresh(ReceivedLine received) {
      InvoiceLine line = received.line();
      Optional<InvoiceLine> twin = Optional.ofNullable(lines.get(line.lineNo()));
      List<Violation> found = Conflicts.between(line, twin, customer);
      if (!found.isEmpty()) {
        conflicts.add(new Rejection(received.record(), found));
        return;
      }
      accepted.add(line);
      if (twin.isPresent()) {
        alreadyStored++;
        Conflicts.repeatedFromOtherFile(line, twin.get())
            .ifPresent(v -> repeated.add(new Rejection(received.record(), List.of(v))));
      } else {
        grow(line);
      }
    }

    List<InvoicePart> partsToWrite(InvoiceSummary summary, boolean olderPutPossible) {
      TreeSet<Integer> candidates = new TreeSet<>(grown);
      candidates.add(InvoiceParts.SUMMARY_PART);
      Set<Integer> always = new TreeSet<>();
      if (olderPutPossible && !accepted.isEmpty()) {
        always.add(InvoiceParts.SUMMARY_PART);
        accepted.forEach(line -> always.add(InvoiceParts.partOf(line.lineNo())));
        candidates.addAll(always);
      }
      List<Integer> all = allParts();
      List<InvoicePart> toWrite = new ArrayList<>(candidates.size());
      // The first part names all others, so it goes last: whoever reads it finds them.
      for (int part : candidates.descendingSet()) {
        InvoicePart merged =
            part == InvoiceParts.SUMMARY_PART
                ? InvoicePart.first(summary, linesOf(part), all)
                : InvoicePart.later(summary.invoiceNo(), part, linesOf(part));
        if (always.contains(part) || !merged.equals(stored.get(part))) {
          toWrite.add(merged);
        }
      }
      return toWrite;
    }

    private List<Integer> allParts() {
      Set<Integer> all = new TreeSet<>(Set.of(InvoiceParts.SUMMARY_PART));
      lines.keySet().forEach(lineNo -> all.add(InvoiceParts.partOf(lineNo)));
      return List.copyOf(all);
    }

    private List<InvoiceLine> linesOf(int part) {
      int from = (part - 1) * InvoiceParts.LINES_PER_PART + 1;
      return List.copyOf(lines.subMap(from, from + InvoiceParts.LINES_PER_PART).values());
    }
  }
}
