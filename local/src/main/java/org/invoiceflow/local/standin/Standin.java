package org.invoiceflow.local.standin;

import java.io.IOException;
import org.invoiceflow.local.endpoints.Endpoints;

/** One running stand-in. */
interface Standin extends AutoCloseable {

  /** Where it is: exactly one service. */
  Endpoints endpoints();

  @Override
  void close() throws IOException;
}
