package org.invoiceflow.local.faults;

import java.util.Optional;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.faults.proxy.HttpFaultProxy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * A client like that of the handlers on Lambda, which speaks JSON, as the proxy does. The SDK knows
 * that choice for a whole JVM only: it is taken back at the end.
 */
final class JsonKinesis implements AutoCloseable {

  private static final String CBOR_ENABLED = "aws.cborEnabled";

  private final Optional<String> before = Optional.ofNullable(System.getProperty(CBOR_ENABLED));
  private final KinesisClient client;

  JsonKinesis(HttpFaultProxy proxy, Endpoints stores) {
    System.setProperty(CBOR_ENABLED, "false");
    this.client =
        KinesisClient.builder()
            .endpointOverride(proxy.address())
            .region(Region.of(stores.kinesis().access().region()))
            .credentialsProvider(stores.kinesis().access().credentials())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  KinesisClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    before.ifPresentOrElse(
        value -> System.setProperty(CBOR_ENABLED, value), () -> System.clearProperty(CBOR_ENABLED));
  }
}
