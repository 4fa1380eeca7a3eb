package org.invoiceflow.job.sources;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.lake.LakeJson;
import org.invoiceflow.job.lake.LakeJsonException;

/**
 * The lake's raw files, read back to be sent through the graph again: each record with the origin,
 * format and LineNo with which it was first received. A line that the lake did not write becomes an
 * unreadable record with the file and the line as its origin.
 *
 * <p>Bounded; files are listed once, at the start. The order between files is not promised.
 */
public final class RawFiles {

  /**
   * Above what any source lets in: a Kinesis record has at most 10 MB and a line of a file 16 MiB,
   * and in JSON a byte takes up to six.
   */
  static final int MAX_LINE_BYTES = 128 << 20;

  private RawFiles() {}

  /**
   * @param path a file, a folder such as {@code s3://lake/raw}, or a glob such as <code>
   *     s3://lake/raw/ingest_date=2010-12-*&#47;**</code>
   * @throws IllegalArgumentException with one sentence if the path is none
   */
  public static FileSource<ReceivedRecord> source(String path) {
    return ListedOnce.source(FilePattern.parse(path), RawFiles::open);
  }

  /**
   * Looks whether there is anything to read; for a main, before it starts the job.
   *
   * @return the number of files that match now
   * @throws IllegalArgumentException with one sentence if nothing matches or the place cannot be
   *     listed
   */
  public static int check(String path) {
    return list(path).size();
  }

  /**
   * What {@link #source} would read now.
   *
   * @return the path of each file within its file system (on S3: its key), sorted; at least one
   * @throws IllegalArgumentException with one sentence if nothing matches or the place cannot be
   *     listed
   */
  public static List<String> list(String path) {
    return ListedOnce.check(FilePattern.parse(path)).stream()
        .map(file -> file.path().getPath().replaceFirst("^/", ""))
        .collect(Collectors.toList());
  }

  static RecordReader open(Path file) throws IOException {
    return new LineRecords(file, MAX_LINE_BYTES, RawFiles::record);
  }

  private static ReceivedRecord record(Origin origin, byte[] line) {
    try {
      return LakeJson.readRecord(line);
    } catch (LakeJsonException e) {
      return ReceivedRecord.unreadable(origin, String.valueOf(e.getMessage()), line);
    }
  }
}
