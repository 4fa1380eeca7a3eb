package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.local.faults.StreamUnderFaults.Setup;
import org.invoiceflow.local.faults.proxy.Strikes;
import org.invoiceflow.local.faults.proxy.WarehouseFault;
import org.invoiceflow.local.faults.proxy.WarehouseFaultProxy;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The warehouse holds each line once, wherever in a load the connection to it is lost. */
@ExtendWith(UnjudgedRuns.class)
class WarehouseFailuresITCase {

  private static final int LINES = 1_500;

  /** The first two attempts fail. */
  private static final Duration AWAY = Duration.ofSeconds(5);

  /** The default of 15 minutes is for loads that wait for each other. */
  private static final int SOCKET_TIMEOUT_SECONDS = 2;

  @TempDir Path temp;

  @Test
  void each_line_is_loaded_once_when_the_connection_is_lost_anywhere_in_a_load() throws Exception {
    FaultSettings settings = FaultSettings.current();
    for (int i = 0; i < settings.runsOr(1); i++) {
      run(settings.seed() + i);
    }
  }

  private void run(long seed) throws Exception {
    FaultLog.begin(StreamUnderFaults.SUITE, seed, false);
    Path folder = Files.createDirectory(temp.resolve("run-" + seed));
    GeneratedFile file =
        GeneratedFile.write(folder.resolve("lines.csv"), GenerateOptions.of(LINES, seed));
    Endpoints stores = SharedStandins.emptyStores();
    Strikes strikes = new Strikes();
    List<WarehouseFault> faults = new ArrayList<>(List.of(WarehouseFault.values()));
    Collections.shuffle(faults, new Random(seed));
    AtomicInteger loads = new AtomicInteger(-1);
    try (WarehouseFaultProxy proxy = new WarehouseFaultProxy(stores.warehouse(), strikes);
        StreamUnderFaults stream =
            StreamUnderFaults.start(stores, through(proxy, stores), folder, Setup.USUAL)) {
      stream.feed(
          MixedRecords.of(file, seed),
          faults.size() + 2,
          wave -> {
            awaitLoadAfterStrike(stream, proxy, stores, loads.get());
            loads.set(loads(stores));
            if (wave <= faults.size()) {
              proxy.strike(faults.get(wave - 1));
            } else {
              proxy.goAway(AWAY);
            }
          });
      awaitLoadAfterStrike(stream, proxy, stores, loads.get());
      stream.awaitQuiet(file);

      stream.findIfAny(ledgerFindings(stores));
      stream.judge("warehouse " + strikes, seed, strikes.total(), file);
    }
  }

  /** So that each fault meets a load of its own: the pauses between a load's attempts grow. */
  private static void awaitLoadAfterStrike(
      StreamUnderFaults stream, WarehouseFaultProxy proxy, Endpoints stores, int loadsBefore)
      throws InterruptedException {
    assertThat(
            stream.await(
                FaultSettings.PATIENCE, () -> proxy.hasStruck() && loads(stores) > loadsBefore))
        .as("the last fault has struck, and a load has come through since it was set")
        .isTrue();
  }

  private static int loads(Endpoints stores) {
    try (Connection connection = stores.warehouse().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + WarehouseSchema.LOADS)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A load whose outcome was unknown must have been found in the ledger, not entered again. */
  private static List<String> ledgerFindings(Endpoints stores) throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Connection connection = stores.warehouse().connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select load_id, count(*) from "
                    + WarehouseSchema.LOADS
                    + " group by load_id having count(*) > 1")) {
      while (row.next()) {
        findings.add("The ledger has load " + row.getString(1) + " " + row.getInt(2) + " times");
      }
    }
    return findings;
  }

  private static Endpoints through(WarehouseFaultProxy proxy, Endpoints stores) {
    WarehouseEndpoint seen = proxy.endpoint();
    return Endpoints.of(
            new WarehouseEndpoint(
                seen.jdbcUrl() + "?socketTimeout=" + SOCKET_TIMEOUT_SECONDS,
                seen.user(),
                seen.password()))
        .or(stores);
  }
}
