package org.invoiceflow.job.warehouse;

import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;

/** What a {@link BulkLoad} is to load, and into what. Immutable. */
public final class StagedFiles {

  private final String table;
  private final List<String> columns;
  private final List<Path> files;
  private final Path manifest;
  private final Optional<String> iamRole;

  /**
   * @param table an identifier that needs no quotes
   * @param columns the table's columns in the order of the files' values
   * @param files at least one
   * @param manifest where a list of the files may be written; its name belongs to this load alone
   * @param iamRole the role with which the database reads the files itself
   */
  public StagedFiles(
      String table,
      List<String> columns,
      List<Path> files,
      Path manifest,
      Optional<String> iamRole) {
    this.table = table;
    this.columns = List.copyOf(columns);
    this.files = List.copyOf(files);
    this.manifest = manifest;
    this.iamRole = iamRole;
  }

  public String table() {
    return table;
  }

  public List<String> columns() {
    return columns;
  }

  public List<Path> files() {
    return files;
  }

  public Path manifest() {
    return manifest;
  }

  public Optional<String> iamRole() {
    return iamRole;
  }
}
