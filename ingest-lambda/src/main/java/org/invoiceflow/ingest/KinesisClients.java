package org.invoiceflow.ingest;

import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;

/** Makes the client that the handler keeps for its life. */
final class KinesisClients {

  /** Longest time that one call takes; {@link StreamWriter} starts none after its own limit. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

  private KinesisClients() {}

  /** A client without retries of its own: {@link StreamWriter} retries only what failed. */
  static KinesisClient create() {
    return builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(1))
                .socketTimeout(CALL_TIMEOUT))
        .build();
  }

  /** What is set whatever the connection. */
  static KinesisClientBuilder builder() {
    return KinesisClient.builder()
        .overrideConfiguration(
            settings ->
                settings
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .apiCallTimeout(CALL_TIMEOUT));
  }
}
