package org.invoiceflow.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.Messages;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.EndpointsFileException;
import org.invoiceflow.local.endpoints.Provisioning;
import org.invoiceflow.local.endpoints.Service;
import org.invoiceflow.local.standin.StandinException;
import org.invoiceflow.local.standin.Standins;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The services of one run, ready for use: those that the user named, and the demo's own stand-ins
 * for the rest.
 */
final class Services implements AutoCloseable {

  /** The stand-in for Kinesis slows down with the records in a shard, so they are spread. */
  private static final int SHARDS = 32;

  private final Standins standins;
  private final Endpoints endpoints;

  private Services(Standins standins, Endpoints endpoints) {
    this.standins = standins;
    this.endpoints = endpoints;
  }

  /** Starts and fills in what the run needs. */
  static Services start(DemoOptions options, Endpoints named, Path folder)
      throws CommandException, IOException {
    Set<Service> own = EnumSet.complementOf(copyOf(named.services()));
    if (options.mode() == DemoOptions.Mode.IMPORT) {
      own.remove(Service.KINESIS);
    }
    Standins standins = startStandins(own, folder);
    try {
      Endpoints endpoints = named.or(standins.endpoints());
      Set<Service> toCreate = options.createMissing() ? endpoints.services() : own;
      CompletableFuture<Void> schema =
          toCreate.contains(Service.WAREHOUSE)
              ? CompletableFuture.runAsync(() -> createSchema(endpoints))
              : CompletableFuture.completedFuture(null);
      Provisioning.createMissing(endpoints, toCreate, SHARDS);
      schema.join();
      return new Services(standins, endpoints);
    } catch (SdkException | java.util.concurrent.CompletionException e) {
      standins.close();
      throw CommandException.failure("A service could not be prepared: " + Messages.ofRoot(e));
    }
  }

  /** The services that the user named. */
  static Endpoints named(DemoOptions options) throws CommandException {
    if (options.endpoints().isEmpty()) {
      return Endpoints.none();
    }
    Path file = options.endpoints().get();
    try {
      return Endpoints.read(file);
    } catch (EndpointsFileException e) {
      throw CommandException.usage(Messages.of(e));
    } catch (IOException e) {
      throw CommandException.usage("The endpoints file " + file + " cannot be read.");
    }
  }

  private static EnumSet<Service> copyOf(Set<Service> services) {
    return services.isEmpty() ? EnumSet.noneOf(Service.class) : EnumSet.copyOf(services);
  }

  private static Standins startStandins(Set<Service> own, Path folder)
      throws CommandException, IOException {
    try {
      return Standins.start(own, folder);
    } catch (StandinException e) {
      throw CommandException.failure(Messages.of(e));
    }
  }

  private static void createSchema(Endpoints endpoints) {
    try (Connection connection = endpoints.warehouse().connect()) {
      WarehouseSchema.create(connection);
    } catch (SQLException e) {
      throw new java.util.concurrent.CompletionException(e);
    }
  }

  Endpoints endpoints() {
    return endpoints;
  }

  @Override
  public void close() throws IOException {
    standins.close();
  }
}
