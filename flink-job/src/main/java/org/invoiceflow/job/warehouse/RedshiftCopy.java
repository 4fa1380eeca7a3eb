package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.model.warehouse.Dialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redshift reads the staged files from S3 itself: {@code COPY} of a manifest whose entries are all
 * mandatory, so that a missing file fails the load.
 */
public final class RedshiftCopy implements BulkLoad {

  private static final Logger LOG = LoggerFactory.getLogger(RedshiftCopy.class);

  /** For {@link java.util.ServiceLoader}. */
  public RedshiftCopy() {}

  @Override
  public String urlPrefix() {
    return Dialect.REDSHIFT_URL;
  }

  @Override
  public void load(Connection connection, StagedFiles staged) throws SQLException, IOException {
    FileSystem fileSystem = staged.manifest().getFileSystem();
    try (OutputStream out = fileSystem.create(staged.manifest(), FileSystem.WriteMode.OVERWRITE)) {
      out.write(manifest(staged.files()).getBytes(StandardCharsets.UTF_8));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(copyStatement(staged));
    } finally {
      delete(fileSystem, staged.manifest());
    }
  }

  /**
   * COMPUPDATE and STATUPDATE are off because the table lives for one load. No option forgives
   * anything: no TRIMBLANKS, EMPTYASNULL, BLANKSASNULL, TRUNCATECOLUMNS, ACCEPTINVCHARS, MAXERROR.
   */
  static String copyStatement(StagedFiles staged) {
    return "COPY "
        + staged.table()
        + " ("
        + String.join(", ", staged.columns())
        + ") FROM "
        + literal(s3Url(staged.manifest()))
        + staged.iamRole().map(arn -> " IAM_ROLE " + literal(arn)).orElse(" IAM_ROLE default")
        + " MANIFEST CSV GZIP NULL AS '\\N' COMPUPDATE OFF STATUPDATE OFF";
  }

  /**
   * A manifest lists files by URL; sizes are needed for columnar formats only.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html">Using
   *     a manifest</a>
   */
  static String manifest(List<Path> files) {
    return files.stream()
        .map(file -> "{\"url\":\"" + json(s3Url(file)) + "\",\"mandatory\":true}")
        .collect(Collectors.joining(",\n", "{\"entries\":[\n", "\n]}\n"));
  }

  /** Flink also reads S3 as s3a and s3p; Redshift knows s3 alone. */
  private static String s3Url(Path path) {
    return path.toString().replaceFirst("^s3[ap]:", "s3:");
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static void delete(FileSystem fileSystem, Path manifest) {
    try {
      fileSystem.delete(manifest, false);
    } catch (IOException e) {
      LOG.warn("The manifest {} stays behind: {}", manifest, e.toString());
    }
  }
}
