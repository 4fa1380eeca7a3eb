package org.invoiceflow.job.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.SimpleSplitAssigner;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.intake.ReceivedRecord;

/** Bounded sources of the files of a {@link FilePattern}: listed once, each read by one reader. */
final class ListedOnce {

  private ListedOnce() {}

  static FileSource<ReceivedRecord> source(FilePattern pattern, RecordReader.Factory factory) {
    return FileSource.forBulkFileFormat(new RecordFileFormat(factory), pattern.base())
        .setFileEnumerator(() -> new Enumerator(pattern))
        .setSplitAssigner(ListedOnce::inOrder)
        .processStaticFileSet()
        .build();
  }

  /**
   * What there is to read, as a main asks before it starts a job.
   *
   * @return the files in the order of their paths, at least one
   * @throws IllegalArgumentException with one sentence if there is none, or if the place cannot be
   *     listed
   */
  static List<FilePattern.FoundFile> check(FilePattern pattern) {
    List<FilePattern.FoundFile> files;
    try {
      files = pattern.list();
    } catch (IOException | IllegalArgumentException e) {
      // The latter from Flink's file systems, which know no names with a colon.
      throw new IllegalArgumentException("Cannot list " + pattern + ": " + firstLine(e), e);
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "No file matches "
              + pattern
              + "; give a file, a folder or a glob (names that begin with _ or . do not count)");
    }
    return files;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Hands files out in the order of their paths; the assigner takes them from the end. */
  private static SimpleSplitAssigner inOrder(Collection<FileSourceSplit> splits) {
    List<FileSourceSplit> reversed = new ArrayList<>(splits);
    Collections.reverse(reversed);
    return new SimpleSplitAssigner(reversed);
  }

  private static final class Enumerator implements FileEnumerator {
    private final FilePattern pattern;

    Enumerator(FilePattern pattern) {
      this.pattern = pattern;
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits)
        throws IOException {
      List<FileSourceSplit> splits = new ArrayList<>();
      for (FilePattern.FoundFile file : pattern.list()) {
        splits.add(
            new FileSourceSplit(
                // Unique and stable; its only use.
                Integer.toString(splits.size()),
                file.path(),
                0,
                file.length(),
                file.modifiedAtMillis(),
                file.length()));
      }
      return splits;
    }
  }
}
