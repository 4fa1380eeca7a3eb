package org.invoiceflow.local.faults;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The completed checkpoints below a folder, whose layout is {@code JOB/chk-N/_metadata}. Flink
 * writes {@code _metadata} last and by renaming, so what has none is not complete. Numbers go on
 * counting when a job starts from a checkpoint.
 */
record RetainedCheckpoints(Path folder) {

  private static final String PREFIX = "chk-";
  private static final String METADATA = "_metadata";

  /** The folder of the newest one, for a job to start from. */
  Optional<Path> latest() {
    return complete().max(Comparator.comparingLong(RetainedCheckpoints::number));
  }

  /** The number of the newest one; 0 if there is none. */
  long latestNumber() {
    return latest().map(RetainedCheckpoints::number).orElse(0L);
  }

  private Stream<Path> complete() {
    return children(folder)
        .flatMap(RetainedCheckpoints::children)
        .filter(folder -> folder.getName().startsWith(PREFIX))
        .filter(folder -> new File(folder, METADATA).isFile())
        .map(File::toPath);
  }

  /** None if the folder does not exist, or no longer: the job removes old ones at any time. */
  private static Stream<File> children(Path folder) {
    return children(folder.toFile());
  }

  private static Stream<File> children(File folder) {
    File[] files = folder.listFiles();
    return files == null ? Stream.empty() : Arrays.stream(files);
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length()));
  }
}
