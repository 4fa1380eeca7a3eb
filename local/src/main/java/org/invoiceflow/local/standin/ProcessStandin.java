package org.invoiceflow.local.standin;

import org.invoiceflow.local.endpoints.Endpoints;

/** A stand-in that is a process of its own; it lives as long as the process. */
record ProcessStandin(ChildProcess process, Endpoints endpoints) implements Standin {

  @Override
  public void close() {
    process.close();
  }
}
