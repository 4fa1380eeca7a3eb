package org.invoiceflow.local.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.invoiceflow.job.warehouse.BulkLoad;
import org.invoiceflow.job.warehouse.StagedFiles;
import org.invoiceflow.local.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBulkLoadITCase {

  private static EmbeddedPostgres postgres;

  @TempDir Path staging;

  private Connection connection;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = TestPostgres.builder().start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void createTable() throws SQLException {
    connection = postgres.getPostgresDatabase().getConnection();
    connection.createStatement().execute("CREATE TEMP TABLE staged (a text, n integer)");
    connection.setAutoCommit(false);
  }

  @AfterEach
  void closeConnection() throws SQLException {
    connection.close();
  }

  private org.apache.flink.core.fs.Path file(String name, String content) throws IOException {
    Path file = staging.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return new org.apache.flink.core.fs.Path(file.toUri());
  }

  private void load(org.apache.flink.core.fs.Path... files) throws SQLException, IOException {
    BulkLoad.forUrl(connection.getMetaData().getURL())
        .load(
            connection,
            new StagedFiles(
                "staged",
                List.of("n", "a"),
                List.of(files),
                new org.apache.flink.core.fs.Path(staging.resolve("manifest").toUri()),
                Optional.empty()));
  }

  private List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet row =
        connection.createStatement().executeQuery("SELECT a, n FROM staged ORDER BY n")) {
      while (row.next()) {
        rows.add(row.getInt("n") + ":" + row.getString("a"));
      }
    }
    return rows;
  }

  @Test
  void it_is_found_by_the_url_of_the_stand_in() {
    assertThat(BulkLoad.forUrl("jdbc:postgresql://127.0.0.1:5432/postgres"))
        .isInstanceOf(PostgresBulkLoad.class);
  }

  @Test
  void every_file_is_loaded_and_null_differs_from_empty_and_from_backslash_n() throws Exception {
    load(
        file("one.csv.gz", "\"1\",\"\"\n\"2\",\\N\n\"3\",\"\\N\"\n"),
        file("two.csv.gz", "\"4\",\"a \"\"b\"\",\n\\.\nc\\\"\n\"5\",\"\u00a3 \uD83D\uDE00 \"\n"));
    assertThat(rows())
        .containsExactly("1:", "2:null", "3:\\N", "4:a \"b\",\n\\.\nc\\", "5:\u00a3 \uD83D\uDE00 ");
  }

  @Test
  void it_leaves_the_transaction_to_its_caller() throws Exception {
    load(file("one.csv.gz", "\"1\",\"x\"\n"));
    connection.rollback();
    assertThat(rows()).isEmpty();
  }

  @Test
  void a_file_that_is_cut_off_fails_the_load() throws Exception {
    var file = file("one.csv.gz", "\"1\",\"x\"\n".repeat(1_000));
    Path path = Path.of(file.toUri());
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length - 10));
    assertThatThrownBy(() -> load(file)).isInstanceOf(IOException.class);
  }
}
