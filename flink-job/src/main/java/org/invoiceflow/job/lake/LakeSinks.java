package org.invoiceflow.job.lake;

import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;

/**
 * The sinks of the lake: gzip-compressed JSON Lines in the form of {@link LakeJson}, below {@code
 * <root>/<folder>/ingest_date=YYYY-MM-DD/ingest_hour=HH/} by the time of receipt in UTC. Files are
 * exactly-once: one becomes visible, whole, when a checkpoint that holds it is complete, or at the
 * end of a bounded run. Names beginning with {@code _} or {@code .} below these folders are
 * unfinished and no reader's business.
 */
public final class LakeSinks {

  /** Folder of {@link #raw}. */
  public static final String RAW = "raw";

  /** Folder of {@link #rejected}. */
  public static final String REJECTED = "rejected";

  /** Folder of {@link #repeated}. */
  public static final String DUPLICATES = "duplicates";

  /** Compressed size at which a file ends, at the latest. */
  public static final MemorySize MAX_FILE_SIZE = MemorySize.ofMebiBytes(128);

  private LakeSinks() {}

  /** Every received record, below {@code raw/}. */
  public static FileSink<ReceivedRecord> raw(Path root) {
    return raw(root, MAX_FILE_SIZE);
  }

  public static FileSink<ReceivedRecord> raw(Path root, MemorySize maxFileSize) {
    return sink(
        new Path(root, RAW),
        new GzipLines<>(LakeJson::write),
        new ArrivalHours<>(ReceivedRecord::origin),
        maxFileSize);
  }

  /** Every record or line that broke a rule, below {@code rejected/}. */
  public static FileSink<Rejection> rejected(Path root) {
    return rejections(new Path(root, REJECTED));
  }

  /** Duplicates that came from another file than the stored line, below {@code duplicates/}. */
  public static FileSink<Rejection> repeated(Path root) {
    return rejections(new Path(root, DUPLICATES));
  }

  private static FileSink<Rejection> rejections(Path folder) {
    return sink(
        folder,
        new GzipLines<>(LakeJson::write),
        new ArrivalHours<>(rejection -> rejection.record().origin()),
        MAX_FILE_SIZE);
  }

  private static <T> FileSink<T> sink(
      Path folder, GzipLines<T> lines, ArrivalHours<T> hours, MemorySize maxFileSize) {
    return FileSink.forBulkFormat(folder, lines)
        .withBucketAssigner(hours)
        .withRollingPolicy(new SizeOrCheckpoint<>(maxFileSize.getBytes()))
        .withOutputFileConfig(OutputFileConfig.builder().withPartSuffix(".jsonl.gz").build())
        .build();
  }
}
