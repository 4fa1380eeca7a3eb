package org.invoiceflow.local.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.invoiceflow.job.warehouse.WarehouseSchema;
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
public final class WarehouseBench {

  private static final int ROUNDS = 3;
  private static final int BATCH = 1_000;

  /** A commit a line: the whole file would take minutes and say the same. */
  private static final int SINGLE_ROWS = 20_000;

  private interface Load {
    /** Loads once; answers how many seconds of its time count. */
    double into(WarehouseEndpoint database, List<InvoiceLine> lines) throws Exception;
  }

  private final Endpoints stores;
  private final CpuClock cpu;
  private int databases;

  private WarehouseBench(Endpoints stores) throws SQLException {
    this.stores = stores;
    try (Connection connection = stores.warehouse().connect();
        ResultSet pid = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
      pid.next();
      this.cpu = CpuClock.ofServer(pid.getLong(1));
    }
  }

  /** Prints a table, and writes {@code target/bench/warehouse.json} below the checkout. */
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(System.getProperty("invoiceflow.root"));
    Path folder = Files.createTempDirectory("invoiceflow-bench-");
    BenchLines input = BenchLines.read(root, folder);
    try (Standins standins = Standins.start(EnumSet.of(Service.S3, Service.WAREHOUSE), folder)) {
      Endpoints stores = standins.endpoints();
      Provisioning.createMissing(stores, stores.services(), 1);
      // Makes Flink know the stand-in for S3.
      try (LocalFlink flink =
          LocalFlink.prepare(
              stores.s3(), Installation.find().flinkPlugins(), folder, Ports.free())) {
        List<Measurement> measurements = new WarehouseBench(stores).measure(input.lines());
        print(input, measurements);
        write(root.resolve("target/bench/warehouse.json"), input, measurements);
      }
    }
    // Flink leaves threads behind.
    System.exit(0);
  }

  private List<Measurement> measure(List<InvoiceLine> lines) throws Exception {
    List<InvoiceLine> few = lines.subList(0, Math.min(SINGLE_ROWS, lines.size()));
    List<Measurement> all =
        List.of(
            new Measurement("staged load", lines.size(), new ArrayList<>()),
            new Measurement("INSERT, batches of 1,000, rewritten", lines.size(), new ArrayList<>()),
            new Measurement("INSERT, batches of 1,000", lines.size(), new ArrayList<>()),
            new Measurement("INSERT, single rows", few.size(), new ArrayList<>()));
    String staging = "s3://" + stores.s3().bucket() + "/staging";
    List<Load> loads =
        List.of(
            (database, some) -> StagedLoads.load(database, staging, some),
            (database, some) -> timed(() -> InsertLoads.load(database, some, BATCH, true)),
            (database, some) -> timed(() -> InsertLoads.load(database, some, BATCH, false)),
            (database, some) -> timed(() -> InsertLoads.load(database, some, 1, false)));
    for (int round = 0; round <= ROUNDS; round++) {
      for (int i = 0; i < loads.size(); i++) {
        Measurement.Run run = run(loads.get(i), i == loads.size() - 1 ? few : lines);
        System.err.printf(
            Locale.ROOT, "round %d, %s: %.2f s%n", round, all.get(i).name(), run.seconds());
        // The first round warms up.
        if (round > 0) {
          all.get(i).runs().add(run);
        }
      }
    }
    return all;
  }

  private Measurement.Run run(Load load, List<InvoiceLine> lines) throws Exception {
    WarehouseEndpoint database = newDatabase();
    System.gc();
    double own = cpu.ownSeconds();
    double server = cpu.serverSeconds();
    double seconds = load.into(database, lines);
    Measurement.Run run =
        new Measurement.Run(seconds, cpu.ownSeconds() - own, cpu.serverSeconds() - server);
    check(database, lines.size());
    return run;
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

  private static void print(BenchLines input, List<Measurement> measurements) {
    System.out.printf(
        Locale.ROOT,
        "%nwarehouse: %,d lines (%s) into PostgreSQL 16, median of %d after a warm-up%n",
        input.lines().size(),
        input.source(),
        ROUNDS);
    System.out.printf(
        "%-38s %9s %8s %10s %8s %12s%n",
        "", "lines", "seconds", "lines/s", "CPU s", "server CPU s");
    for (Measurement each : measurements) {
      System.out.printf(
          Locale.ROOT,
          "%-38s %,9d %8.2f %,10d %8.2f %12.2f%n",
          each.name(),
          each.lines(),
          each.median().seconds(),
          each.linesPerSecond(),
          each.median().cpuSeconds(),
          each.median().serverCpuSeconds());
    }
  }

  private static void write(Path file, BenchLines input, List<Measurement> measurements)
      throws IOException {
    Files.createDirectories(file.getParent());
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(file.toFile(), com.fasterxml.jackson.core.JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter().writeStartObject();
      json.writeStringField("input", input.source());
      json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
      json.writeArrayFieldStart("measurements");
      for (Measurement each : measurements) {
        json.writeStartObject();
        json.writeStringField("name", each.name());
        json.writeNumberField("lines", each.lines());
        json.writeNumberField("linesPerSecond", each.linesPerSecond());
        json.writeFieldName("seconds");
        double[] seconds = each.runs().stream().mapToDouble(Measurement.Run::seconds).toArray();
        Arrays.sort(seconds);
        json.writeArray(seconds, 0, seconds.length);
        json.writeNumberField("cpuSeconds", each.median().cpuSeconds());
        json.writeNumberField("serverCpuSeconds", each.median().serverCpuSeconds());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}
