package org.invoiceflow.local.faults;

import java.util.List;

/** When, in the life of a checkpoint or of a bounded run, an operator is struck. */
enum Moment {
  /** At an element, before any checkpoint is complete: the restart begins with nothing. */
  BEFORE_FIRST_CHECKPOINT("before the first checkpoint"),

  /** Before or after the barrier is handed on, or after the operator's own snapshot. */
  DURING_SNAPSHOT("during a snapshot"),

  /** The checkpoint is complete; what it holds is to be committed. */
  BEFORE_COMMIT("between checkpoint and commit"),

  /** Committed, and nobody has heard of it: the restart commits again. */
  AFTER_COMMIT("after commit before its notification"),

  /** In a bounded run: at any element. */
  AT_ELEMENT("at an element"),

  /** In a bounded run: all elements are there, nothing of the end's work is done. */
  BEFORE_END("before the end"),

  /** In a bounded run: the end's work, commits included, is done. */
  AFTER_END("after the end");

  /** The moments of an unbounded run. */
  static final List<Moment> OF_STREAM =
      List.of(BEFORE_FIRST_CHECKPOINT, DURING_SNAPSHOT, BEFORE_COMMIT, AFTER_COMMIT);

  /** The moments of a bounded run in BATCH mode, which has no checkpoints. */
  static final List<Moment> OF_IMPORT = List.of(AT_ELEMENT, BEFORE_END, AFTER_END);

  private final String words;

  Moment(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
