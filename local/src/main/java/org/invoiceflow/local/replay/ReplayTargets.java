package org.invoiceflow.local.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.Messages;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.EndpointsFileException;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Finds out from file, options and environment which stores a replay reads and writes. */
final class ReplayTargets {

  /** A password has no place on a command line, where every user of the machine sees it. */
  static final String PASSWORD_VARIABLE = "INVOICEFLOW_WAREHOUSE_PASSWORD";

  private final ReplayOptions options;
  private final Endpoints named;
  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  private ReplayTargets(ReplayOptions options, Endpoints named, Map<String, String> variables) {
    this.options = options;
    this.named = named;
    this.variables = variables;
  }

  /**
   * The bucket of {@code from}, the tables, and the warehouse unless it is left out.
   *
   * @param variables of the environment, by their names
   * @throws CommandException that says everything that is missing
   */
  static Endpoints of(ReplayOptions options, RawPath from, Map<String, String> variables)
      throws CommandException {
    ReplayTargets targets = new ReplayTargets(options, named(options), variables);
    Endpoints endpoints = targets.find(from);
    if (!targets.problems.isEmpty()) {
      throw CommandException.usage(String.join(" ", targets.problems));
    }
    return endpoints;
  }

  private static Endpoints named(ReplayOptions options) throws CommandException {
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

  private Endpoints find(RawPath from) throws CommandException {
    AwsAccess s3 = named.ifS3().isPresent() ? named.s3().access() : environment();
    AwsAccess dynamoDb = named.ifDynamoDb().isPresent() ? named.dynamoDb().access() : environment();
    DynamoDbEndpoint tables =
        new DynamoDbEndpoint(
            dynamoDb,
            table("--invoices-table", options.invoicesTable(), DynamoDbEndpoint::invoicesTable),
            table("--customers-table", options.customersTable(), DynamoDbEndpoint::customersTable));
    Endpoints endpoints = Endpoints.of(new S3Endpoint(s3, from.bucket())).or(Endpoints.of(tables));
    return warehouse().map(w -> endpoints.or(Endpoints.of(w))).orElse(endpoints);
  }

  private interface TableOf {
    String name(DynamoDbEndpoint endpoint);
  }

  private String table(String option, Optional<String> given, TableOf inFile) {
    Optional<String> table = given.or(() -> named.ifDynamoDb().map(inFile::name));
    if (table.isEmpty()) {
      problems.add("Name the table to write with " + option + ".");
    }
    return table.orElse("");
  }

  private Optional<WarehouseEndpoint> warehouse() {
    if (options.noWarehouse()) {
      return Optional.empty();
    }
    Optional<WarehouseEndpoint> inFile = named.ifWarehouse();
    Optional<String> url = options.warehouseUrl().or(() -> inFile.map(WarehouseEndpoint::jdbcUrl));
    Optional<String> user = options.warehouseUser().or(() -> inFile.map(WarehouseEndpoint::user));
    Optional<String> password = password(inFile.map(WarehouseEndpoint::password));
    if (url.isEmpty() || user.isEmpty() || password.isEmpty()) {
      problems.add(
          "Name the warehouse to load with --warehouse-url and --warehouse-user, and its password"
              + " in the environment variable "
              + PASSWORD_VARIABLE
              + ", or leave it as it is with --no-warehouse.");
      return Optional.empty();
    }
    if (!url.get().startsWith("jdbc:redshift:") && !url.get().startsWith("jdbc:postgresql:")) {
      problems.add("--warehouse-url must begin with jdbc:redshift: or jdbc:postgresql:.");
    }
    return Optional.of(new WarehouseEndpoint(url.get(), user.get(), password.get()));
  }

  /** The variable belongs to the options: it is no business of a warehouse that the file names. */
  private Optional<String> password(Optional<String> inFile) {
    Optional<String> inEnvironment = Optional.ofNullable(variables.get(PASSWORD_VARIABLE));
    boolean isOfFile = options.warehouseUrl().isEmpty() && options.warehouseUser().isEmpty();
    return isOfFile ? inFile.or(() -> inEnvironment) : inEnvironment.or(() -> inFile);
  }

  /** AWS itself, with its default credentials. */
  private AwsAccess environment() throws CommandException {
    return new AwsAccess(Optional.empty(), region(), Optional.empty());
  }

  private String region() throws CommandException {
    if (options.region().isPresent()) {
      return options.region().get();
    }
    try {
      return new DefaultAwsRegionProviderChain().getRegion().id();
    } catch (SdkException e) {
      throw CommandException.usage(
          "No AWS region is set; give --region, or name the services with --endpoints.");
    }
  }
}
