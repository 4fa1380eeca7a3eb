package org.invoiceflow.local.endpoints;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * How an AWS service, or an emulator of it, is reached.
 *
 * @param endpoint http or https address; empty for AWS itself
 * @param region AWS region, as {@code eu-west-1}
 * @param keys empty for the AWS SDK's default chain of credentials
 */
public record AwsAccess(Optional<URI> endpoint, String region, Optional<AwsKeys> keys) {

  /** The configured credentials, or the default chain. */
  public AwsCredentialsProvider credentials() {
    return keys.<AwsCredentialsProvider>map(
            given -> StaticCredentialsProvider.create(given.credentials()))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(B builder) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }
}
