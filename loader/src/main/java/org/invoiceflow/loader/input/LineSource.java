package org.invoiceflow.loader.input;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The lines of one file, in its order. Used by one thread. */
public interface LineSource extends Closeable {

  /**
   * The next line, or empty at the end.
   *
   * @throws IOException if the file cannot be read on; never because of what a line says
   */
  Optional<SourceLine> next() throws IOException;
}
