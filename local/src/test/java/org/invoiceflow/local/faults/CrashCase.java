package org.invoiceflow.local.faults;

/** One run of a crash matrix. */
interface CrashCase {

  /** What is struck, and how. */
  String name();

  /** Of the run's data and strikes. */
  long seed();
}
