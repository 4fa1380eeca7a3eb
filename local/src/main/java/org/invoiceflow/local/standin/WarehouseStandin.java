package org.invoiceflow.local.standin;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;

/**
 * Redshift: PostgreSQL 16, at snapshot isolation as Redshift is. It does not sync its files: they
 * live as long as the run.
 */
final class WarehouseStandin implements Standin {

  private final EmbeddedPostgres postgres;
  private final Endpoints endpoints;

  private WarehouseStandin(EmbeddedPostgres postgres, Endpoints endpoints) {
    this.postgres = postgres;
    this.endpoints = endpoints;
  }

  static WarehouseStandin start(RunContext run) throws StandinException, IOException {
    ProcessBuilder.Redirect log =
        ProcessBuilder.Redirect.appendTo(run.folder().resolve("warehouse.log").toFile());
    Path data = Files.createTempDirectory(run.folder(), "warehouse");
    Path programs = Files.createDirectories(run.installation().postgresPrograms());
    // It makes this folder even if it puts nothing there; its default lies among the machine's
    // temporary files.
    System.setProperty("ot.epg.working-dir", programs.toString());
    EmbeddedPostgres postgres;
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(programs.toFile())
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setOutputRedirector(log)
              .setErrorRedirector(log)
              .setPGStartupWait(Duration.ofSeconds(60))
              .setServerConfig("listen_addresses", "127.0.0.1")
              // A shell reads these values: hence the second quotes.
              .setServerConfig("default_transaction_isolation", "'repeatable read'")
              .setServerConfig("shared_buffers", "128MB")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("synchronous_commit", "off")
              .setServerConfig("unix_socket_directories", "''")
              .start();
    } catch (IllegalStateException e) {
      throw new StandinException("warehouse (PostgreSQL) cannot be started: " + e.getMessage(), e);
    }
    return new WarehouseStandin(
        postgres,
        Endpoints.of(
            new WarehouseEndpoint(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "postgres",
                "postgres")));
  }

  @Override
  public Endpoints endpoints() {
    return endpoints;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
