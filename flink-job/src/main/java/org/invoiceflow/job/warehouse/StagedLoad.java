package org.invoiceflow.job.warehouse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files that one transaction loads. Immutable.
 *
 * <p>Its id follows from the files' names, which are unique: when a part of the job runs again over
 * files that it has already sent to be loaded (as a restarted batch does), the ledger knows them.
 */
final class StagedLoad {

  private final String id;
  private final List<StagedFile> files;

  private StagedLoad(String id, List<StagedFile> files) {
    this.id = id;
    this.files = List.copyOf(files);
  }

  static StagedLoad of(List<StagedFile> files) {
    String names = files.stream().map(StagedFile::name).sorted().collect(Collectors.joining("\n"));
    return new StagedLoad(
        UUID.nameUUIDFromBytes(names.getBytes(StandardCharsets.UTF_8)).toString(), files);
  }

  /** With the id that the load was given when it was made. */
  static StagedLoad restored(String id, List<StagedFile> files) {
    return new StagedLoad(id, files);
  }

  /** A UUID in its 36 characters. */
  String id() {
    return id;
  }

  List<StagedFile> files() {
    return files;
  }

  long lines() {
    return files.stream().mapToLong(StagedFile::lines).sum();
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof StagedLoad
        && id.equals(((StagedLoad) o).id)
        && files.equals(((StagedLoad) o).files);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "load " + id + " (" + files.size() + " files, " + lines() + " lines)";
  }
}
