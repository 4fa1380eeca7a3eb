package org.invoiceflow.model;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks one gzip file, or several that were put one after the other, to the last byte. The JDK's
 * own stream takes whatever follows a gzip file for its end: what is damaged there, or could not be
 * read, is lost without a word. Zeros at the end are passed over, as gzip itself does. One thread.
 *
 * <p>Damaged, cut off, or followed by something else is a {@link ZipException}; an exception of the
 * packed stream comes through as it is.
 */
public final class Gunzip extends GZIPInputStream {

  /** Checksum and length, behind the data of each gzip file. */
  private static final int TRAILER_BYTES = 8;

  private final Packed packed;

  /** How many packed bytes had been read when the inflater was last given some. */
  private long filledTo;

  private Gunzip(Packed packed, int bufferBytes) throws IOException {
    super(packed, bufferBytes);
    this.packed = packed;
  }

  /**
   * @param in packed bytes; closed with the stream that is returned, and left open if this throws
   * @param bufferBytes how many of them are read at once
   * @throws ZipException if they do not begin like a gzip file
   */
  public static Gunzip of(InputStream in, int bufferBytes) throws IOException {
    Packed packed = new Packed(in);
    try {
      return new Gunzip(packed, bufferBytes);
    } catch (EOFException | ZipException e) {
      throw packed.reasonFor(e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = super.read(buffer, offset, length);
      if (count < 0) {
        refuseWhatFollows();
      }
      return count;
    } catch (EOFException | ZipException e) {
      throw packed.reasonFor(e);
    }
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    filledTo = packed.count;
  }

  private void refuseWhatFollows() throws IOException {
    long end = filledTo - inf.getRemaining() + TRAILER_BYTES;
    if (packed.hasMoreThanZerosAfter(end)) {
      throw new ZipException("something that is not gzip follows after byte " + end);
    }
  }

  /**
   * The packed bytes: where they ended and what went wrong, of which the JDK's stream is silent.
   */
  private static final class Packed extends FilterInputStream {

    private static final int CHUNK_BYTES = 8 * 1024;

    private long count;

    /** Counted from 1. */
    private long lastNotZero;

    private @Nullable IOException failure;

    Packed(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read;
      try {
        read = super.read(buffer, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
      for (int i = read; i > 0; i--) {
        if (buffer[offset + i - 1] != 0) {
          lastNotZero = count + i;
          break;
        }
      }
      count += Math.max(0, read);
      return read;
    }

    /** Never 0, which the JDK's stream takes for the end of the file. */
    @Override
    public int available() {
      return 1;
    }

    boolean hasMoreThanZerosAfter(long position) throws IOException {
      if (failure != null) {
        throw failure;
      }
      byte[] chunk = new byte[CHUNK_BYTES];
      int read = 0;
      while (lastNotZero <= position && read >= 0) {
        read = read(chunk, 0, chunk.length);
      }
      return lastNotZero > position;
    }

    IOException reasonFor(IOException e) {
      if (failure != null || e instanceof ZipException) {
        return failure == null ? e : failure;
      }
      ZipException damaged =
          new ZipException(Objects.requireNonNullElse(e.getMessage(), "it ends too early"));
      damaged.initCause(e);
      return damaged;
    }
  }
}
