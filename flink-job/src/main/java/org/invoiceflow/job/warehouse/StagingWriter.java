package org.invoiceflow.job.warehouse;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.IOUtils;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.model.InvoiceLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stages lines as gzip CSV files, a new one after each checkpoint and after {@value
 * #MAX_LINES_PER_FILE} lines. A line that equals one of the last few thousand of its file is left
 * out; the load removes the rest.
 */
final class StagingWriter implements CommittingSinkWriter<InvoiceLine, StagedFile> {

  private static final Logger LOG = LoggerFactory.getLogger(StagingWriter.class);

  /** About 20 MB compressed: several files of a big import load side by side. */
  static final int MAX_LINES_PER_FILE = 1_000_000;

  private static final int BUFFER_BYTES = 1 << 16;

  /** A power of two; remembers as many lines at most, at a cost of a few megabytes. */
  private static final int RECENT_LINES = 1 << 13;

  private final String folder;
  private final int subtask;
  private final Counter staged;
  private final Counter leftOut;
  private final LineCsv csv = new LineCsv();
  private final @Nullable InvoiceLine[] recent = new InvoiceLine[RECENT_LINES];
  private final List<StagedFile> complete = new ArrayList<>();
  private @Nullable Path path;
  private @Nullable Writer out;
  private long lines;

  StagingWriter(String folder, int subtask, MetricGroup metrics) {
    this.folder = folder;
    this.subtask = subtask;
    this.staged = metrics.counter(JobMetrics.WAREHOUSE_LINES_STAGED);
    this.leftOut = metrics.counter(JobMetrics.WAREHOUSE_LINES_LEFT_OUT);
  }

  @Override
  public void write(InvoiceLine line, SinkWriter.Context context) throws IOException {
    if (isRecent(line)) {
      leftOut.inc();
      return;
    }
    Writer writer = out == null ? open() : out;
    writer.append(csv.rowOf(line));
    staged.inc();
    lines++;
    if (lines == MAX_LINES_PER_FILE) {
      complete();
    }
  }

  /** Compares identity and content: a line that contradicts another must reach the load. */
  private boolean isRecent(InvoiceLine line) {
    int hash = line.hashCode() * 0x9E3779B9;
    int slot = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(RECENT_LINES));
    if (line.equals(recent[slot])) {
      return true;
    }
    recent[slot] = line;
    return false;
  }

  private Writer open() throws IOException {
    Path file = new Path(folder + "/lines-" + UUID.randomUUID() + "-" + subtask + ".csv.gz");
    OutputStream bytes = file.getFileSystem().create(file, FileSystem.WriteMode.NO_OVERWRITE);
    path = file;
    out =
        new BufferedWriter(
            new OutputStreamWriter(new FastGzip(bytes), StandardCharsets.UTF_8), BUFFER_BYTES);
    return out;
  }

  private void complete() throws IOException {
    if (out == null || path == null) {
      return;
    }
    out.close();
    complete.add(new StagedFile(path.toString(), lines, System.currentTimeMillis()));
    out = null;
    path = null;
    lines = 0;
    Arrays.fill(recent, null);
  }

  @Override
  public void flush(boolean endOfInput) {
    // A file becomes visible as a whole in prepareCommit.
  }

  @Override
  public Collection<StagedFile> prepareCommit() throws IOException {
    complete();
    List<StagedFile> files = List.copyOf(complete);
    complete.clear();
    return files;
  }

  /** Removes what no checkpoint knows; its lines come again. */
  @Override
  public void close() {
    List<Path> unknown = new ArrayList<>();
    complete.forEach(file -> unknown.add(new Path(file.path())));
    if (path != null) {
      unknown.add(path);
    }
    IOUtils.closeQuietly(out);
    unknown.forEach(StagingWriter::delete);
  }

  private static void delete(Path file) {
    try {
      file.getFileSystem().delete(file, false);
    } catch (IOException e) {
      LOG.warn("{} stays behind, though no checkpoint knows it: {}", file, e.toString());
    }
  }

  /** The fastest level costs a third of the default's time for files a fifth larger. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
