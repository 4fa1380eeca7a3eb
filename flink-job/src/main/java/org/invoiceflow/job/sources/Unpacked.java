package org.invoiceflow.job.sources;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.model.Gunzip;

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
      return gzip ? Unzipped.of(packed) : packed;
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  private static final class Unzipped extends FilterInputStream {

    private Unzipped(InputStream gzip) {
      super(gzip);
    }

    static Unzipped of(InputStream packed) throws IOException {
      try {
        return new Unzipped(Gunzip.of(packed, BUFFER_BYTES));
      } catch (ZipException e) {
        throw unreadable(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      try {
        return super.read(b, off, len);
      } catch (ZipException e) {
        throw unreadable(e);
      }
    }

    private static UnreadableFileException unreadable(ZipException e) {
      return new UnreadableFileException(
          "The file's gzip data is damaged or cut off (" + e.getMessage() + "); upload it again",
          e);
    }
  }
}
