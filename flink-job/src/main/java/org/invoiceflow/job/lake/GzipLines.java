package org.invoiceflow.job.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;

/** Writes files of gzip-compressed lines: what {@link LineForm} makes of each element. */
final class GzipLines<T> implements BulkWriter.Factory<T> {

  private static final long serialVersionUID = 1L;

  /** Writes one element as one line, line end included. */
  @FunctionalInterface
  interface LineForm<T> extends Serializable {
    void write(T element, OutputStream out) throws IOException;
  }

  private final LineForm<T> form;

  GzipLines(LineForm<T> form) {
    this.form = form;
  }

  @Override
  public BulkWriter<T> create(FSDataOutputStream out) throws IOException {
    return new Writer<>(form, new FastGzip(out));
  }

  /** One part file. Flink owns the stream below and closes it. */
  private static final class Writer<T> implements BulkWriter<T> {
    private final LineForm<T> form;
    private final FastGzip gzip;

    Writer(LineForm<T> form, FastGzip gzip) {
      this.form = form;
      this.gzip = gzip;
    }

    @Override
    public void addElement(T element) throws IOException {
      form.write(element, gzip);
    }

    @Override
    public void flush() throws IOException {
      gzip.flush();
    }

    @Override
    public void finish() throws IOException {
      gzip.finishAndRelease();
    }
  }

  private static final class FastGzip extends GZIPOutputStream {

    private static final int BUFFER_BYTES = 64 * 1024;

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      // The sink shares its core with the whole graph; the higher levels save little on such lines.
      def.setLevel(Deflater.BEST_SPEED);
    }

    /** Frees the deflater's native memory, which only closing would do otherwise. */
    void finishAndRelease() throws IOException {
      finish();
      out.flush();
      def.end();
    }
  }
}
