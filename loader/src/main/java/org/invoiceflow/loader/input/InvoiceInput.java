package org.invoiceflow.loader.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.invoiceflow.model.CsvOptions;

/** Where lines are read from: a file, or standard input. */
public interface InvoiceInput {

  /**
   * @param path a file, or {@link StandardInput#PATH}
   * @throws InputException if the file cannot be read
   */
  static InvoiceInput at(Path path, InputStream standardInput) throws InputException {
    return path.equals(StandardInput.PATH) ? new StandardInput(standardInput) : SourceFile.of(path);
  }

  /**
   * Whether this is the file at the path, also by way of a link.
   *
   * @throws IOException if that cannot be told
   */
  boolean isAt(Path other) throws IOException;

  /** What the lines name as their file. */
  String name();

  /** Bytes as they lie there, packed or not; empty if that cannot be known before. */
  OptionalLong knownSize();

  /** Of these bytes, those that the last {@link #lines} has read so far; asked from any thread. */
  long bytesRead();

  /**
   * The lines from the start; each carries the input's name.
   *
   * @param options how CSV is written, as far as the user said; without meaning for JSON
   * @throws IOException mostly an {@link InputException} that says what is wrong
   */
  LineSource lines(CsvOptions options) throws IOException;

  /**
   * The SHA-256 of all its bytes in hexadecimal digits; empty for what can be read only once.
   *
   * @throws IOException if it cannot be read
   */
  Optional<String> sha256() throws IOException;
}
