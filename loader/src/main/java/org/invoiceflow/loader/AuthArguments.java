package org.invoiceflow.loader;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.invoiceflow.loader.auth.Authorization;
import org.invoiceflow.loader.auth.AwsSignature;
import org.invoiceflow.loader.auth.BearerToken;
import org.invoiceflow.loader.input.InputException;
import picocli.CommandLine.Option;

/** The options that say how requests are authorized: a picocli mixin. */
final class AuthArguments {

  /** What the API asks for. */
  enum Mode {
    NONE,
    IAM,
    BEARER
  }

  @Option(
      names = "--auth",
      paramLabel = "MODE",
      description =
          "What the API asks for: none; iam, requests signed with AWS credentials that are found as"
              + " the AWS command line finds them; bearer, a token from the variable "
              + BearerToken.VARIABLE
              + " or from --token-file, never from the command line, which every user of the"
              + " machine can read (default: none).")
  private Mode mode = Mode.NONE;

  @Option(
      names = "--region",
      paramLabel = "R",
      description =
          "Region of the API, for --auth iam. If absent that in the name of its host"
              + " (ID.execute-api.REGION.amazonaws.com), else as for the AWS command line.")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Holds the token, for --auth bearer; read for each request, so it may be renewed.")
  private Optional<Path> tokenFile = Optional.empty();

  /**
   * @throws InputException if the options contradict each other, or there is nothing to authorize
   *     requests with
   */
  Authorization of(URI service) throws InputException {
    if (region.isPresent() && mode != Mode.IAM) {
      throw new InputException("--region is of use only with --auth iam.");
    }
    if (tokenFile.isPresent() && mode != Mode.BEARER) {
      throw new InputException("--token-file is of use only with --auth bearer.");
    }
    return switch (mode) {
      case NONE -> Authorization.none();
      case IAM -> AwsSignature.withDefaultChain(service, region);
      case BEARER ->
          tokenFile.isPresent()
              ? BearerToken.in(tokenFile.get(), service)
              : BearerToken.of(Optional.ofNullable(System.getenv(BearerToken.VARIABLE)), service);
    };
  }
}
