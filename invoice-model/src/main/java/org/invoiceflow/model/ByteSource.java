package org.invoiceflow.model;

import java.io.IOException;
import java.io.InputStream;

/** Opens the same bytes from the start each time it is asked, already unpacked. */
@FunctionalInterface
public interface ByteSource {

  /** The bytes from the start; the caller closes the stream. */
  InputStream open() throws IOException;
}
