package org.invoiceflow.local.bench.warehouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.bench.Bench;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.local.bench.BenchSettings;
import org.invoiceflow.local.bench.CpuClock;
import org.invoiceflow.local.bench.Figures;
import org.invoiceflow.local.bench.Figures.Column;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.Provisioning;
import org.invoiceflow.local.endpoints.Service;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.standin.Standins;
import org.invoiceflow.model.InvoiceLine;

/**
 * How many lines a second the warehouse's load takes, staging and insert included, beside what a
 * JDBC sink would do. All in one run, in turns, each into a new database of one server.
 */
public final class WarehouseBench implements Bench {

  private static final int BATCH = 1_000;

  /** A commit a line: the whole file would take minutes and say the same. */
  private static final int SINGLE_ROWS = 20_000;

  /** Loads once; answers how many seconds of its time count. */
  private interface Load {
    double into(WarehouseEndpoint database, List<InvoiceLine> lines) throws Exception;
  }

  private record Variant(String name, List<InvoiceLine> lines, Load load) {}

  @Override
  public Figures measure(BenchSettings settings) throws Exception {
    BenchInput input = BenchInput.of(settings);
    Figures figures =
        new Figures(
            "warehouse: "
                + input.text()
                + " into PostgreSQL 16, median of "
                + settings.rounds()
                + " after a warm-up",
            new Column("seconds", "seconds", 2),
            new Column("  lines", "lines", 0),
            new Column("lines/s", "lines_per_second", 0),
            new Column("CPU s of the JVM", "cpu_seconds", 2),
            new Column("CPU s of PostgreSQL", "postgresql_cpu_seconds", 2));
    try (Standins standins =
        Standins.start(
            EnumSet.of(Service.S3, Service.WAREHOUSE), settings.folder().resolve("stand-ins"))) {
      Endpoints stores = standins.endpoints();
      Provisioning.createMissing(stores, stores.services(), 1);
      // Makes Flink know the stand-in for S3.
      try (LocalFlink flink =
          LocalFlink.prepare(
              stores.s3(), Installation.find().flinkPlugins(), settings.folder(), Ports.free())) {
        new Loads(stores).inTurns(input.read(), settings.rounds(), figures);
      }
    }
    return figures;
  }

  /** Loads into databases of one server. */
  private static final class Loads {
    private final Endpoints stores;
    private final CpuClock cpu;
    private int databases;

    Loads(Endpoints stores) throws SQLException {
      this.stores = stores;
      try (Connection connection = stores.warehouse().connect();
          ResultSet pid = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
        pid.next();
        this.cpu = CpuClock.ofServer(pid.getLong(1));
      }
    }

    void inTurns(List<InvoiceLine> lines, int rounds, Figures figures) throws Exception {
      List<InvoiceLine> few = lines.subList(0, Math.min(SINGLE_ROWS, lines.size()));
      String staging = "s3://" + stores.s3().bucket() + "/staging";
      List<Variant> variants =
          List.of(
              new Variant(
                  "staged load",
                  lines,
                  (database, some) -> StagedLoads.load(database, staging, some)),
              new Variant(
                  "INSERT, batches of 1,000, rewritten",
                  lines,
                  (database, some) -> timed(() -> InsertLoads.load(database, some, BATCH, true))),
              new Variant(
                  "INSERT, batches of 1,000",
                  lines,
                  (database, some) -> timed(() -> InsertLoads.load(database, some, BATCH, false))),
              new Variant(
                  "INSERT, single rows",
                  few,
                  (database, some) -> timed(() -> InsertLoads.load(database, some, 1, false))));
      for (int round = 0; round <= rounds; round++) {
        for (Variant variant : variants) {
          // The first round warms up.
          run(variant, round == 0 ? figures.uncounted() : figures);
        }
      }
    }

    private void run(Variant variant, Figures figures) throws Exception {
      WarehouseEndpoint database = newDatabase();
      System.gc();
      double own = cpu.ownSeconds();
      double server = cpu.serverSeconds();
      int lines = variant.lines().size();
      double seconds = variant.load().into(database, variant.lines());
      figures.run(
          variant.name(),
          seconds,
          lines,
          lines / seconds,
          cpu.ownSeconds() - own,
          cpu.serverSeconds() - server);
      check(database, lines);
    }

    private interface Work {
      void run() throws Exception;
    }

    private static double timed(Work work) throws Exception {
      long start = System.nanoTime();
      work.run();
      return (System.nanoTime() - start) / 1e9;
    }

    private WarehouseEndpoint newDatabase() throws SQLException {
      WarehouseEndpoint server = stores.warehouse();
      String name = "bench_" + ++databases;
      try (Connection connection = server.connect()) {
        connection.createStatement().execute("CREATE DATABASE " + name);
        // Else the last run's pages are written during this one.
        connection.createStatement().execute("CHECKPOINT");
      }
      String url = server.jdbcUrl();
      WarehouseEndpoint database =
          new WarehouseEndpoint(
              url.substring(0, url.lastIndexOf('/') + 1) + name, server.user(), server.password());
      try (Connection connection = database.connect()) {
        WarehouseSchema.create(connection);
      }
      return database;
    }

    private static void check(WarehouseEndpoint database, int expected) throws SQLException {
      try (Connection connection = database.connect();
          ResultSet row =
              connection.createStatement().executeQuery("SELECT count(*) FROM invoice_lines")) {
        row.next();
        if (row.getInt(1) != expected) {
          throw new IllegalStateException(row.getInt(1) + " lines of " + expected + " are stored");
        }
      }
    }
  }
}
