package org.invoiceflow.job.aws;

import java.io.Serializable;
import java.net.URI;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * How to reach one AWS service: its region and, away from AWS itself, an endpoint and fixed
 * credentials. Without fixed credentials the SDK's default chain is used, which on Managed Service
 * for Apache Flink is the application's role. Immutable.
 */
public final class AwsAccess implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String region;
  private final @Nullable String endpoint;
  private final @Nullable String accessKeyId;
  private final @Nullable String secretAccessKey;

  private AwsAccess(
      String region,
      @Nullable String endpoint,
      @Nullable String accessKeyId,
      @Nullable String secretAccessKey) {
    this.region = region;
    this.endpoint = endpoint;
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
  }

  /** Access with the SDK's default credentials to the service's own endpoint in this region. */
  public static AwsAccess inRegion(String region) {
    return new AwsAccess(region, null, null, null);
  }

  /** Another address than the region's own. */
  public AwsAccess withEndpoint(URI value) {
    return new AwsAccess(region, value.toString(), accessKeyId, secretAccessKey);
  }

  /** A fixed key in place of the SDK's default chain. */
  public AwsAccess withFixedKey(String id, String secret) {
    return new AwsAccess(region, endpoint, id, secret);
  }

  public String region() {
    return region;
  }

  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint).map(URI::create);
  }

  /**
   * The properties by which Flink's AWS connectors are told the same. Holds the secret, if there is
   * one: not for logs.
   */
  public Properties connectorProperties() {
    Properties properties = new Properties();
    properties.setProperty("aws.region", region);
    if (endpoint != null) {
      properties.setProperty("aws.endpoint", endpoint);
    }
    if (accessKeyId != null && secretAccessKey != null) {
      properties.setProperty("aws.credentials.provider", "BASIC");
      properties.setProperty("aws.credentials.provider.basic.accesskeyid", accessKeyId);
      properties.setProperty("aws.credentials.provider.basic.secretkey", secretAccessKey);
    } else {
      properties.setProperty("aws.credentials.provider", "AUTO");
    }
    return properties;
  }

  /** Sets region, endpoint and credentials on an SDK client's builder. */
  public <B extends AwsClientBuilder<B, ?>> B configure(B builder) {
    B configured = builder.region(Region.of(region)).credentialsProvider(credentials());
    return endpoint == null ? configured : configured.endpointOverride(URI.create(endpoint));
  }

  private AwsCredentialsProvider credentials() {
    return accessKeyId != null && secretAccessKey != null
        ? StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey))
        : DefaultCredentialsProvider.builder().build();
  }

  /** Names the key, never the secret. */
  @Override
  public String toString() {
    return "region="
        + region
        + (endpoint == null ? "" : ", endpoint=" + endpoint)
        + (accessKeyId == null
            ? ""
            : ", access.key.id=" + accessKeyId + ", secret.access.key=*****");
  }
}
