package org.invoiceflow.loader.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.invoiceflow.model.CsvDetector;
import org.invoiceflow.model.CsvException;
import org.invoiceflow.model.CsvInspection;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.Gunzip;

/**
 * Lines that can be read only once. CSV cannot be looked at as a whole before, so its charset and
 * date format have to be given; the rest is told by its first bytes.
 */
public final class StandardInput implements InvoiceInput {

  /** What a command line calls it. */
  public static final Path PATH = Path.of("-");

  /** What the lines name as their file. */
  public static final String NAME = "stdin";

  /** Some thousand rows, in memory at once. */
  static final int START_BYTES = 1 << 18;

  private static final int BUFFER = 1 << 16;
  private static final int FIRST_BYTES = 1 << 12;

  private final InputStream in;
  private final AtomicLong bytesRead = new AtomicLong();

  public StandardInput(InputStream in) {
    this.in = in;
  }

  @Override
  public boolean isAt(Path other) {
    return false;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public OptionalLong knownSize() {
    return OptionalLong.empty();
  }

  @Override
  public long bytesRead() {
    return bytesRead.get();
  }

  @Override
  public Optional<String> sha256() {
    return Optional.empty();
  }

  /** May be asked for once. */
  @Override
  public LineSource lines(CsvOptions options) throws IOException {
    try {
      InputStream unpacked = unpacked();
      byte[] first = peek(unpacked);
      if (Formats.isJsonLines(first, "Standard input")) {
        return new JsonLineSource(unpacked, NAME, StandardInput::unreadable);
      }
      byte[] start = unpacked.readNBytes(START_BYTES);
      CsvInspection found = inspect(start, options);
      InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), unpacked);
      return new CsvLineSource(all, found, found.dialect(), NAME, StandardInput::unreadable);
    } catch (CsvException e) {
      throw new InputException("Standard input: " + e.getMessage() + ".", e);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static CsvInspection inspect(byte[] start, CsvOptions options) throws IOException {
    boolean isAll = start.length < START_BYTES;
    int end = start.length;
    while (!isAll && end > 0 && start[end - 1] != '\n') {
      end--;
    }
    return CsvDetector.inspectStart(Arrays.copyOf(start, end), isAll, options);
  }

  private InputStream unpacked() throws IOException {
    InputStream counted =
        new BufferedInputStream(
            new FilterInputStream(in) {
              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                bytesRead.addAndGet(Math.max(0, count));
                return count;
              }
            },
            BUFFER);
    counted.mark(2);
    boolean packed = Formats.isGzip(counted.readNBytes(2));
    counted.reset();
    return packed ? new BufferedInputStream(Gunzip.of(counted, BUFFER), BUFFER) : counted;
  }

  /** What comes next, without taking it; waits for no more than the first piece that says much. */
  private static byte[] peek(InputStream in) throws IOException {
    in.mark(FIRST_BYTES);
    byte[] buffer = new byte[FIRST_BYTES];
    byte[] first = new byte[0];
    int read = 0;
    while (read >= 0 && first.length < FIRST_BYTES && Formats.isEmpty(first)) {
      read = in.read(buffer, first.length, FIRST_BYTES - first.length);
      first = Arrays.copyOf(buffer, first.length + Math.max(0, read));
    }
    in.reset();
    return first;
  }

  private static InputException unreadable(IOException cause) {
    return new InputException("Reading standard input failed: " + cause.getMessage() + ".", cause);
  }
}
