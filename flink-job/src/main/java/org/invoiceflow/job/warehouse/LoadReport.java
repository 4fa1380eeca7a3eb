package org.invoiceflow.job.warehouse;

/** What one load did, as the ledger has it. Immutable. */
final class LoadReport {

  private final int files;
  private final long staged;
  private final long inserted;
  private final long differing;
  private final boolean found;

  private LoadReport(int files, long staged, long inserted, long differing, boolean found) {
    this.files = files;
    this.staged = staged;
    this.inserted = inserted;
    this.differing = differing;
    this.found = found;
  }

  static LoadReport done(int files, long staged, long inserted, long differing) {
    return new LoadReport(files, staged, inserted, differing, false);
  }

  static LoadReport foundInLedger(int files, long staged, long inserted, long differing) {
    return new LoadReport(files, staged, inserted, differing, true);
  }

  /** Whether an earlier attempt had done the load, so that this one had nothing to do. */
  boolean wasFoundInLedger() {
    return found;
  }

  int files() {
    return files;
  }

  /** Lines in the staged files. */
  long staged() {
    return staged;
  }

  /** Lines that were new to the warehouse. */
  long inserted() {
    return inserted;
  }

  /** Lines that were there already, or twice in the load, with the same content. */
  long repeated() {
    return staged - inserted - differing;
  }

  /** Lines whose key is stored with other content; the stored line stays. */
  long differing() {
    return differing;
  }

  @Override
  public String toString() {
    return staged
        + " lines of "
        + files
        + " files: "
        + inserted
        + " new, "
        + repeated()
        + " repeated, "
        + differing
        + " that differ from the stored line";
  }
}
