package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.GZIPInputStream;
import org.apache.flink.core.fs.Path;
import org.postgresql.PGConnection;

/** Fills the staging table of a PostgreSQL in a test. */
public final class PostgresCopy implements BulkLoad {

  @Override
  public String urlPrefix() {
    return "jdbc:postgresql:";
  }

  @Override
  public void load(Connection connection, StagedFiles staged) throws SQLException, IOException {
    for (Path file : staged.files()) {
      try (InputStream in = new GZIPInputStream(file.getFileSystem().open(file), 1 << 16)) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(copy(staged) + " FROM STDIN WITH (FORMAT csv, NULL '\\N')", in);
      }
    }
  }

  static String copy(StagedFiles staged) {
    return "COPY " + staged.table() + " (" + String.join(", ", staged.columns()) + ")";
  }
}
