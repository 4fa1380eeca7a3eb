package org.invoiceflow.local.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.invoiceflow.local.endpoints.AwsKeys;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@code loader warehouse} as a user calls it, against the stand-ins. */
class WarehouseCommandITCase {

  private static final String PASSWORD = "a long and random one";

  @TempDir Path temp;

  @Test
  void migrate_makes_the_schema_once_and_shows_it_before() throws Exception {
    Endpoints stores = SharedStandins.absentStores();

    assertThat(loader(stores, "migrate", "--dry-run"))
        .contains("CREATE TABLE IF NOT EXISTS invoice_schema_versions")
        .contains("-- version 2 (relational views), in one transaction\nLOCK TABLE")
        .contains("CREATE VIEW customer AS");
    assertThat(loader(stores, "migrate"))
        .isEqualTo("applied version 1 (lines and ledger)\napplied version 2 (relational views)\n");
    assertThat(loader(stores, "migrate")).isEqualTo("The warehouse is up to date.\n");
    assertThat(number(stores, "SELECT count(*) FROM invoice_schema_versions")).isEqualTo(2);
  }

  @Test
  void users_are_made_with_passwords_of_the_environment_which_are_shown_nowhere() throws Exception {
    Endpoints stores = SharedStandins.emptyStores();
    String loader = "loader_" + UUID.randomUUID().toString().replace('-', '_');
    String reader = "reader_" + UUID.randomUUID().toString().replace('-', '_');

    String dryRun = loader(stores, "users", "--loader", loader, "--reader", reader, "--dry-run");
    assertThat(dryRun)
        .contains("CREATE USER \"" + loader + "\" PASSWORD '***';")
        .doesNotContain("md5")
        .doesNotContain(PASSWORD);
    assertThat(loader(stores, "users", "--loader", loader, "--reader", reader))
        .isEqualTo(
            "the loader "
                + loader
                + " can load, and nothing else\nthe reader "
                + reader
                + " can read, and nothing else\n");
    assertThat(
            number(
                stores,
                "SELECT count(*) FROM pg_authid WHERE rolname = '"
                    + loader
                    + "' AND rolpassword = 'md5' || md5('"
                    + PASSWORD
                    + loader
                    + "')"))
        .isEqualTo(1);
  }

  @Test
  void orphans_are_listed_and_then_removed_and_everything_else_is_kept() throws Exception {
    Endpoints stores = SharedStandins.emptyStores();
    String loaded = "lines-" + UUID.randomUUID() + "-0.csv.gz";
    String waiting = "lines-" + UUID.randomUUID() + "-1.csv.gz";
    try (S3Client s3 = stores.s3().client();
        Connection connection = stores.warehouse().connect()) {
      for (String key :
          List.of("staging/" + loaded, "staging/" + waiting, "staging/mine", "raw/x")) {
        s3.putObject(r -> r.bucket(stores.s3().bucket()).key(key), RequestBody.fromString("x"));
      }
      connection
          .createStatement()
          .execute("INSERT INTO invoice_load_files VALUES ('" + loaded + "', 'id')");
      connection
          .createStatement()
          .execute(
              "INSERT INTO invoice_loads VALUES ('id', 1, 1, 1, 0, 0, TIMESTAMP '2001-01-01 00:00:00')");

      String staging = "s3://" + stores.s3().bucket() + "/staging";
      assertThat(loader(stores, "orphans", "--staging", staging, "--forget-after", "400d"))
          .contains("orphan   " + staging + "/" + loaded + ": the ledger names it")
          .contains("kept     " + staging + "/" + waiting + ": a running job")
          .contains("kept     " + staging + "/mine: not a name that the job gives")
          .contains("1 names of loaded files would be removed from the ledger");
      assertThat(keys(s3, stores)).hasSize(4);

      loader(stores, "orphans", "--staging", staging, "--delete");
      assertThat(keys(s3, stores))
          .containsExactlyInAnyOrder("staging/" + waiting, "staging/mine", "raw/x");
      assertThat(number(stores, "SELECT count(*) FROM invoice_load_files")).isEqualTo(1);

      loader(
          stores,
          "orphans",
          "--staging",
          staging,
          "--delete",
          "--older-than",
          "0h",
          "--forget-after",
          "400d");
      assertThat(keys(s3, stores)).containsExactlyInAnyOrder("staging/mine", "raw/x");
      assertThat(number(stores, "SELECT count(*) FROM invoice_load_files")).isZero();
      assertThat(number(stores, "SELECT count(*) FROM invoice_loads")).isEqualTo(1);
    }
  }

  private static List<String> keys(S3Client s3, Endpoints stores) {
    return s3.listObjectsV2(r -> r.bucket(stores.s3().bucket())).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static long number(Endpoints stores, String sql) throws Exception {
    try (Connection connection = stores.warehouse().connect();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A process of its own, since the environment holds what must not be an argument. */
  private String loader(Endpoints stores, String command, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.invoiceflow.loader.Main",
                "warehouse",
                command,
                "--url",
                stores.warehouse().jdbcUrl(),
                "--user",
                stores.warehouse().user(),
                "--region",
                stores.s3().access().region()));
    arguments.addAll(Arrays.asList(more));
    File out = temp.resolve("out").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(out);
    AwsKeys keys = stores.s3().access().keys().orElseThrow();
    builder.environment().put("AWS_ACCESS_KEY_ID", keys.accessKeyId());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
    builder
        .environment()
        .put("AWS_ENDPOINT_URL", stores.s3().access().endpoint().orElseThrow().toString());
    builder.environment().put("INVOICEFLOW_WAREHOUSE_PASSWORD", stores.warehouse().password());
    builder.environment().put("INVOICEFLOW_LOADER_PASSWORD", PASSWORD);
    builder.environment().put("INVOICEFLOW_READER_PASSWORD", PASSWORD);
    int status = builder.start().waitFor();
    String text = text(out);
    assertThat(status).as(text).isZero();
    return text;
  }

  private static String text(File out) throws IOException {
    return Files.readString(out.toPath(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("SLF4J") && !line.startsWith("Picked up"))
        .map(line -> line + "\n")
        .reduce("", String::concat);
  }
}
