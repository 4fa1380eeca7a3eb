package org.invoiceflow.job.sources;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Files as they are before compression: gzip is told by its first two bytes, not by the name. */
final class Unpacked {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private Unpacked() {}

  /** A stream of reads of any size; throws {@link UnreadableFileException} at damaged gzip data. */
  static InputStream open(Path file) throws IOException {
    InputStream packed = new BufferedInputStream(file.getFileSystem().open(file), BUFFER_BYTES);
    try {
      packed.mark(2);
      boolean gzip = packed.read() == GZIP_MAGIC_1 && packed.read() == GZIP_MAGIC_2;
      packed.reset();
      return gzip ? Gunzip.of(packed) : packed;
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  private static final class Gunzip extends FilterInputStream {

    private final Tap tap;

    private Gunzip(InputStream gzip, Tap tap) {
      super(gzip);
      this.tap = tap;
    }

    static Gunzip of(InputStream packed) throws IOException {
      Tap tap = new Tap(packed);
      try {
        return new Gunzip(new GZIPInputStream(tap, BUFFER_BYTES), tap);
      } catch (EOFException | ZipException e) {
        throw tap.reasonFor(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int count;
      try {
        count = super.read(b, off, len);
      } catch (EOFException | ZipException e) {
        throw tap.reasonFor(e);
      }
      if (count < 0) {
        tap.throwFailure();
      }
      return count;
    }
  }

  /** The packed bytes; remembers whether it was reading them that failed. */
  private static final class Tap extends FilterInputStream {

    private @Nullable IOException failure;

    Tap(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      try {
        return super.read(b, off, len);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /**
     * Never 0: GZIPInputStream takes 0 for the end of the file and would silently drop the rest of
     * several gzip files that were put one after the other.
     */
    @Override
    public int available() {
      return 1;
    }

    /** GZIPInputStream swallows a failed read where another gzip header could stand. */
    void throwFailure() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    IOException reasonFor(IOException e) {
      return failure != null
          ? failure
          : new UnreadableFileException(
              "The file's gzip data is damaged or cut off ("
                  + e.getMessage()
                  + "); upload it again",
              e);
    }
  }
}
