package org.invoiceflow.loader.input;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.invoiceflow.model.CsvDetector;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvException;
import org.invoiceflow.model.CsvInspection;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.Gunzip;

/** A user's file. Whether it is packed, and which format it has, is told by its content. */
public final class SourceFile implements InvoiceInput {

  private enum Format {
    CSV,
    JSON_LINES
  }

  private static final int BUFFER = 1 << 16;
  private static final int FIRST_BYTES = 1 << 12;

  private final Path path;
  private final String name;
  private final boolean packed;
  private final Format format;
  private final AtomicLong bytesRead = new AtomicLong();

  private SourceFile(Path path, String name, boolean packed, Format format) {
    this.path = path;
    this.name = name;
    this.packed = packed;
    this.format = format;
  }

  /**
   * Looks at the file's first bytes.
   *
   * @throws InputException if there is no such file, it cannot be read, or its format is none that
   *     the loader reads
   */
  public static SourceFile of(Path path) throws InputException {
    if (Files.isDirectory(path)) {
      throw new InputException(path + " is a folder; name one file.");
    }
    if (!Files.exists(path)) {
      throw new InputException("There is no file " + path + ".");
    }
    if (!Files.isRegularFile(path)) {
      throw new InputException(path + " is no regular file; a file is read twice.");
    }
    if (!Files.isReadable(path)) {
      throw new InputException("You may not read " + path + ".");
    }
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    try {
      boolean packed = isPacked(path);
      return new SourceFile(path, name, packed, formatOf(path, packed));
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public boolean isAt(Path other) throws IOException {
    return Files.exists(other) && Files.isSameFile(path, other);
  }

  /** Last segment of the path, packed or not. */
  @Override
  public String name() {
    return name;
  }

  /** Whether the content is gzip. */
  public boolean isPacked() {
    return packed;
  }

  /** Whether the content is JSON Lines; it is CSV if not. */
  public boolean isJson() {
    return format == Format.JSON_LINES;
  }

  /** Size on disk, in bytes. */
  public long size() throws IOException {
    return Files.size(path);
  }

  @Override
  public OptionalLong knownSize() {
    try {
      return OptionalLong.of(size());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public long bytesRead() {
    return bytesRead.get();
  }

  /**
   * Checks how the file is written, without reading its lines.
   *
   * @return what may not be meant as it is written, in a sentence without its full stop
   * @throws IOException mostly an {@link InputException} that says what is wrong
   */
  public Optional<String> check(CsvOptions options) throws IOException {
    if (format == Format.JSON_LINES) {
      return Optional.empty();
    }
    CsvInspection found = inspect(options);
    requireDialect(found);
    return found.warning();
  }

  /** A CSV file is read once before, to see how it is written. */
  @Override
  public LineSource lines(CsvOptions options) throws IOException {
    if (format == Format.JSON_LINES) {
      return new JsonLineSource(open(), name, this::unreadable);
    }
    CsvInspection found = inspect(options);
    CsvDialect dialect = requireDialect(found);
    return new CsvLineSource(open(), found, dialect, name, this::unreadable);
  }

  @Override
  public Optional<String> sha256() throws InputException {
    try (InputStream in = Files.newInputStream(path)) {
      MessageDigest digest = Sha256.start();
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return Optional.of(Sha256.end(digest));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InputException unreadable(IOException cause) {
    return unreadable(path, cause);
  }

  /**
   * @param found on this file
   * @throws InputException if the way in which the file is written cannot be told
   */
  public CsvDialect requireDialect(CsvInspection found) throws InputException {
    try {
      return found.dialect();
    } catch (CsvException e) {
      throw new InputException(path + ": " + e.getMessage() + ".", e);
    }
  }

  /**
   * Looks at a whole CSV file.
   *
   * @throws IOException mostly an {@link InputException} that says what is wrong
   */
  public CsvInspection inspect(CsvOptions options) throws IOException {
    try {
      return CsvDetector.inspect(this::open, options);
    } catch (CsvException e) {
      throw new InputException(path + ": " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InputStream open() throws IOException {
    bytesRead.set(0);
    InputStream counted =
        new FilterInputStream(Files.newInputStream(path)) {
          @Override
          public int read() throws IOException {
            int b = super.read();
            bytesRead.addAndGet(b < 0 ? 0 : 1);
            return b;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            bytesRead.addAndGet(Math.max(0, count));
            return count;
          }
        };
    return unpack(counted, packed);
  }

  private static InputStream unpack(InputStream in, boolean packed) throws IOException {
    try {
      return new BufferedInputStream(packed ? Gunzip.of(in, BUFFER) : in, BUFFER);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static boolean isPacked(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Formats.isGzip(in.readNBytes(2));
    }
  }

  private static Format formatOf(Path path, boolean packed) throws IOException {
    try (InputStream in = unpack(Files.newInputStream(path), packed)) {
      boolean isJson = Formats.isJsonLines(in.readNBytes(FIRST_BYTES), path.toString());
      return isJson ? Format.JSON_LINES : Format.CSV;
    }
  }

  private static InputException unreadable(Path path, IOException cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new InputException("Reading " + path + " failed: " + reason + ".", cause);
  }
}
