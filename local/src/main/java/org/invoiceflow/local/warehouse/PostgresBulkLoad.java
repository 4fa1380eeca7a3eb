package org.invoiceflow.local.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.GZIPInputStream;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.warehouse.BulkLoad;
import org.invoiceflow.job.warehouse.StagedFiles;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Streams the staged files through the client into PostgreSQL's {@code COPY}, in place of
 * Redshift's {@code COPY} that reads them from S3 itself.
 */
public final class PostgresBulkLoad implements BulkLoad {

  private static final int BUFFER_BYTES = 1 << 16;

  /** For {@link java.util.ServiceLoader}. */
  public PostgresBulkLoad() {}

  @Override
  public String urlPrefix() {
    return "jdbc:postgresql:";
  }

  @Override
  public void load(Connection connection, StagedFiles staged) throws SQLException, IOException {
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    String statement =
        "COPY "
            + staged.table()
            + " ("
            + String.join(", ", staged.columns())
            + ") FROM STDIN WITH (FORMAT csv, NULL '\\N')";
    for (Path file : staged.files()) {
      try (InputStream rows = new GZIPInputStream(file.getFileSystem().open(file), BUFFER_BYTES)) {
        copy.copyIn(statement, rows, BUFFER_BYTES);
      }
    }
  }
}
