package org.invoiceflow.loader.aws;

import java.net.URI;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Clients of DynamoDB. Credentials come from the AWS SDK's default chain. */
public final class DynamoDbClients {

  private DynamoDbClients() {}

  /**
   * A client that the caller closes.
   *
   * @param endpoint another DynamoDB than that of AWS
   * @param region where the tables are; asked of the AWS SDK's default chain if absent
   * @throws InputException if no region is to be found
   */
  public static DynamoDbClient create(Optional<URI> endpoint, Optional<String> region)
      throws InputException {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    region.map(Region::of).ifPresent(builder::region);
    try {
      endpoint.ifPresent(builder::endpointOverride);
      return builder.build();
    } catch (SdkException | IllegalArgumentException | NullPointerException e) {
      throw new InputException("The DynamoDB client cannot be set up: " + e.getMessage() + ".", e);
    }
  }
}
