package org.invoiceflow.loader.rejected;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.invoiceflow.loader.input.InputException;

/**
 * Brings rejected lines back as files that a person mends. Keeps them in memory while it works:
 * they are few, or something else is wrong.
 */
public final class RejectedLines {

  /** The stored line differs, so being stored says nothing about this one. */
  private static final String CONFLICTING_CONTENT = "CONFLICTING_CONTENT";

  /**
   * What became of the lines that were read; {@code read} is the sum of all others.
   *
   * @param filtered left out because they broke other rules or belong to other invoices
   * @param repeated the same line as one before, sent more than once
   * @param stored left out because a line of this identity is stored by now
   * @param toMend drafts that were written
   * @param wholeFiles not single lines: only the reasons were written
   * @param reasons the file with the reasons, if anything was written
   */
  public record Result(
      long read,
      long filtered,
      long repeated,
      long stored,
      long toMend,
      long wholeFiles,
      Optional<Path> reasons) {}

  private final Set<String> rules;
  private final Set<String> invoices;
  private final Optional<StoredLines> view;

  /**
   * @param rules names of rules of which a line must have broken one; empty for any
   * @param invoices numbers as the lines write them; empty for any
   * @param view leaves out what is stored by now, if given
   */
  public RejectedLines(Set<String> rules, Set<String> invoices, Optional<StoredLines> view) {
    this.rules = Set.copyOf(rules);
    this.invoices = Set.copyOf(invoices);
    this.view = view;
  }

  /**
   * Writes {@code out} and, beside it, the reasons; neither if there is nothing to mend.
   *
   * @throws InputException if a file is none of {@code rejected/}, or if one of the files to write
   *     exists
   * @throws StoreException if a store cannot be read
   */
  public Result fetch(RejectedFiles files, Path out) throws IOException {
    Selection selection = new Selection();
    files.forEachLine(selection::add);
    List<Drafts.Draft> open = selection.drafts;
    if (view.isPresent()) {
      open = notStored(view.get(), open);
    }
    long stored = (long) selection.drafts.size() - open.size();
    long wholeFiles = open.stream().filter(draft -> draft.json().isEmpty()).count();
    return new Result(
        selection.read,
        selection.filtered,
        selection.repeated,
        stored,
        open.size() - wholeFiles,
        wholeFiles,
        write(open, out));
  }

  private static Optional<Path> write(List<Drafts.Draft> drafts, Path out) throws IOException {
    if (drafts.isEmpty()) {
      return Optional.empty();
    }
    try (MendingFiles files = MendingFiles.create(out)) {
      for (Drafts.Draft draft : drafts) {
        files.write(draft);
      }
      return Optional.of(files.reasons());
    }
  }

  private static List<Drafts.Draft> notStored(StoredLines view, List<Drafts.Draft> drafts)
      throws StoreException {
    Set<StoredLines.Identity> asked = new HashSet<>();
    drafts.forEach(draft -> identity(draft).ifPresent(asked::add));
    Set<StoredLines.Identity> stored = view.among(asked);
    return drafts.stream()
        .filter(draft -> identity(draft).filter(stored::contains).isEmpty())
        .toList();
  }

  /** Empty where nothing that is stored can show that the line was mended. */
  private static Optional<StoredLines.Identity> identity(Drafts.Draft draft) {
    if (draft.record().broke(CONFLICTING_CONTENT) || draft.invoiceNo().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new StoredLines.Identity(draft.invoiceNo(), Integer.parseInt(draft.lineNo())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The lines that the filters let through, each once. */
  private final class Selection {
    private final Drafts toDrafts = new Drafts();
    private final Set<String> seen = new HashSet<>();
    private final List<Drafts.Draft> drafts = new ArrayList<>();
    private long read;
    private long filtered;
    private long repeated;

    void add(String line, String place) throws InputException {
      read++;
      Drafts.Draft draft = toDrafts.of(RejectedRecord.read(line, place));
      boolean wanted =
          (rules.isEmpty() || rules.stream().anyMatch(draft.record()::broke))
              && (invoices.isEmpty() || invoices.contains(draft.invoiceNo()));
      if (!wanted) {
        filtered++;
      } else if (!seen.add(keyOf(draft))) {
        repeated++;
      } else {
        drafts.add(draft);
      }
    }

    /** The bytes themselves count where the draft does not show all of them. */
    private String keyOf(Drafts.Draft draft) {
      RejectedRecord record = draft.record();
      return String.join(
          "\n",
          Integer.toString(record.lineNo()),
          draft.json().orElseGet(() -> record.source() + " " + record.position()),
          record.base64().orElse(""));
    }
  }
}
