package org.invoiceflow.job.sources;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits bytes into lines at LF or CR LF. A line that is longer than a limit is passed over, and
 * only its beginning kept, so that a file without line ends does not fill the memory. One thread.
 */
final class LineReader implements Closeable {

  private static final int CHUNK_BYTES = 64 * 1024;

  /** What is kept of a line that is too long. */
  static final int KEPT_BYTES = 1_000;

  private final InputStream in;
  private final int maxBytes;
  private byte[] buffer = new byte[CHUNK_BYTES];
  private int start;
  private int end;
  private boolean atEnd;

  private long number;
  private byte[] line = new byte[0];
  private boolean tooLong;

  LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException {
    int scanned = start;
    tooLong = false;
    while (true) {
      int lineEnd = indexOfLineEnd(scanned);
      if (lineEnd >= 0) {
        take(lineEnd);
        start = lineEnd + 1;
        return true;
      }
      if (end - start > maxBytes) {
        keepBeginning();
      }
      scanned = end - start;
      if (!fill()) {
        if (start == end && !tooLong) {
          return false;
        }
        take(end);
        start = end;
        return true;
      }
      scanned += start;
    }
  }

  private int indexOfLineEnd(int from) {
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void take(int lineEnd) {
    number++;
    if (!tooLong && lineEnd - start > maxBytes) {
      keepBeginning();
    }
    if (!tooLong) {
      boolean carriageReturn = lineEnd > start && buffer[lineEnd - 1] == '\r';
      line = Arrays.copyOfRange(buffer, start, carriageReturn ? lineEnd - 1 : lineEnd);
    }
  }

  /** Drops what has been read of a line that is too long, all but its first bytes. */
  private void keepBeginning() {
    if (!tooLong) {
      line = Arrays.copyOfRange(buffer, start, start + Math.min(KEPT_BYTES, maxBytes));
      tooLong = true;
    }
    start = end;
  }

  /** Appends bytes to the buffer after moving the open line to its front; false at the end. */
  private boolean fill() throws IOException {
    if (atEnd) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = in.read(buffer, end, buffer.length - end);
    atEnd = count < 0;
    end += Math.max(0, count);
    return !atEnd;
  }

  /** Of the current line, from 1. */
  long number() {
    return number;
  }

  /** The current line without its line end; only its beginning if it is {@link #tooLong}. */
  byte[] line() {
    return line;
  }

  boolean tooLong() {
    return tooLong;
  }

  /** Whether the current line is empty or holds only white space. */
  boolean isBlank() {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
