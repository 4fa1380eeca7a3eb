package org.invoiceflow.loader.warehouse;

/** What is to become of an object in the staging folder, and why. */
public enum Fate {
  LOADED(true, "the ledger names it: its lines are in the warehouse"),
  ORPHANED(true, "no load has it, and it is old"),
  YOUNG(false, "a running job, or one that is restored, may load it yet"),
  FOREIGN(false, "not a name that the job gives");

  private final boolean removable;
  private final String reason;

  Fate(boolean removable, String reason) {
    this.removable = removable;
    this.reason = reason;
  }

  public boolean isRemovable() {
    return removable;
  }

  public String reason() {
    return reason;
  }
}
