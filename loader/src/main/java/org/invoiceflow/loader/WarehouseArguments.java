package org.invoiceflow.loader;

import java.util.Optional;
import org.invoiceflow.loader.aws.SecretPasswords;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.warehouse.DataApiSession;
import org.invoiceflow.loader.warehouse.DataApiTarget;
import org.invoiceflow.loader.warehouse.WarehouseConnection;
import org.invoiceflow.model.warehouse.WarehouseException;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClientBuilder;

/** Which warehouse, by which way and as whom. */
final class WarehouseArguments {

  /** Password of {@code --user}. An argument would be seen by all users of the machine. */
  static final String PASSWORD_VARIABLE = "INVOICEFLOW_WAREHOUSE_PASSWORD";

  @Option(
      names = "--workgroup",
      paramLabel = "W",
      description =
          "Redshift Serverless, through the Redshift Data API: needs AWS credentials, but no way"
              + " into the VPC.")
  private Optional<String> workgroup = Optional.empty();

  @Option(
      names = "--cluster",
      paramLabel = "C",
      description = "A provisioned cluster, through the Redshift Data API.")
  private Optional<String> cluster = Optional.empty();

  @Option(
      names = "--database",
      paramLabel = "D",
      description = "Database of the workgroup or cluster (default: ${DEFAULT-VALUE}).")
  private String database = "dev";

  @Option(
      names = "--db-user",
      paramLabel = "U",
      description = "User of a cluster, with temporary credentials by IAM.")
  private Optional<String> dbUser = Optional.empty();

  @Option(
      names = "--secret-arn",
      paramLabel = "ARN",
      description =
          "Secret in Secrets Manager with the administrator's user and password. Without it, IAM"
              + " says who you are (Data API), or "
              + PASSWORD_VARIABLE
              + " holds the password (--url).")
  private Optional<String> secretArn = Optional.empty();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A direct connection: jdbc:redshift://... or jdbc:postgresql://...")
  private Optional<String> url = Optional.empty();

  @Option(names = "--user", paramLabel = "U", description = "User of the direct connection.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "AWS region. As for the AWS command line if absent.")
  private Optional<String> region = Optional.empty();

  Optional<String> region() {
    return region;
  }

  /** Opens the way that the options say. */
  WarehouseConnection open() throws InputException, WarehouseException {
    int ways =
        (url.isPresent() ? 1 : 0) + (workgroup.isPresent() ? 1 : 0) + (cluster.isPresent() ? 1 : 0);
    if (ways != 1) {
      throw new InputException("Say which warehouse, by one of --workgroup, --cluster and --url.");
    }
    return url.isPresent() ? byJdbc(url.get()) : byDataApi();
  }

  private WarehouseConnection byJdbc(String jdbcUrl) throws InputException, WarehouseException {
    if (user.isEmpty()) {
      throw new InputException("--url needs --user too.");
    }
    if (!jdbcUrl.matches("jdbc:(redshift|postgresql):.*")) {
      throw new InputException("--url must begin with jdbc:redshift: or jdbc:postgresql:.");
    }
    return WarehouseConnection.byJdbc(
        jdbcUrl, user.get(), password("the user " + user.get(), secretArn, PASSWORD_VARIABLE));
  }

  private WarehouseConnection byDataApi() throws InputException {
    RedshiftDataClientBuilder builder =
        RedshiftDataClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    region.map(Region::of).ifPresent(builder::region);
    try {
      return WarehouseConnection.byDataApi(
          new DataApiSession(
              builder.build(), new DataApiTarget(workgroup, cluster, database, secretArn, dbUser)));
    } catch (SdkException e) {
      throw new InputException(
          "The Redshift Data API's client cannot be set up: " + e.getMessage(), e);
    }
  }

  /** From the secret, else from the environment. */
  String password(String whose, Optional<String> secret, String variable) throws InputException {
    return findPassword(secret, variable)
        .orElseThrow(
            () ->
                new InputException(
                    "No password for "
                        + whose
                        + ": name a secret, or set the environment variable "
                        + variable
                        + "."));
  }

  Optional<String> findPassword(Optional<String> secret, String variable) throws InputException {
    return secret.isPresent()
        ? Optional.of(SecretPasswords.read(secret.get(), region))
        : Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isEmpty());
  }
}
