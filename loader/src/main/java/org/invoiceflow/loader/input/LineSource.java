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

  /** How the lines are written: a CSV dialect's text form, or {@code json-lines}. */
  String format();

  /** What may not be meant as it is written, in a sentence without its full stop. */
  default Optional<String> warning() {
    return Optional.empty();
  }

  /**
   * Passes over so many lines, or all that are left; those that follow are numbered as if they had
   * been asked for.
   *
   * @throws IOException if the file cannot be read on
   */
  default void skip(long lines) throws IOException {
    for (long i = 0; i < lines && next().isPresent(); i++) {
      // Each line is read for its number alone.
    }
  }
}
