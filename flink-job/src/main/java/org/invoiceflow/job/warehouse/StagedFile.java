package org.invoiceflow.job.warehouse;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One complete file of staged lines. Immutable. */
final class StagedFile {

  private final String path;
  private final long lines;
  private final long newestMillis;

  /**
   * @param path of a Flink file system
   * @param lines how many lines stand in it, at least 1
   * @param newestMillis when its last line was staged, in milliseconds since 1970 UTC
   */
  StagedFile(String path, long lines, long newestMillis) {
    this.path = path;
    this.lines = lines;
    this.newestMillis = newestMillis;
  }

  String path() {
    return path;
  }

  /** The last segment of the path; unique, since it holds a random UUID. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  long lines() {
    return lines;
  }

  long newestMillis() {
    return newestMillis;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof StagedFile)) {
      return false;
    }
    StagedFile that = (StagedFile) o;
    return lines == that.lines && newestMillis == that.newestMillis && path.equals(that.path);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, lines, newestMillis);
  }

  @Override
  public String toString() {
    return path + " (" + lines + " lines)";
  }
}
