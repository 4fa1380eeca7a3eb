package org.invoiceflow.loader.aws;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.invoiceflow.loader.input.InputException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Clients of S3. Credentials come from the AWS SDK's default chain. */
public final class S3Clients {

  private S3Clients() {}

  /**
   * A client that the caller closes.
   *
   * @param endpoint another S3 than that of AWS, addressed in path style
   * @param region where the bucket is; asked of the AWS SDK's default chain if absent
   * @throws InputException if no region is to be found
   */
  public static S3Client create(Optional<URI> endpoint, Optional<String> region)
      throws InputException {
    S3ClientBuilder builder =
        S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    region.map(Region::of).ifPresent(builder::region);
    // Not every other S3 understands bodies that are signed in chunks or have checksums behind.
    endpoint.ifPresent(
        url ->
            builder
                .endpointOverride(url)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(c -> c.chunkedEncodingEnabled(false)));
    try {
      return builder.build();
    } catch (SdkException | IllegalArgumentException | NullPointerException e) {
      throw new InputException("The S3 client cannot be set up: " + e.getMessage() + ".", e);
    }
  }

  /** Where the environment says that S3 is, by the variables that every AWS SDK knows. */
  public static Optional<URI> endpointInEnvironment() {
    return Stream.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
        .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
        .filter(url -> !url.isEmpty())
        .findFirst()
        .map(URI::create);
  }

  /** What S3 said, with its status. */
  public static String messageOf(S3Exception e) {
    String message =
        e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
    return message + " (status " + e.statusCode() + ")";
  }
}
