package org.invoiceflow.job.views;

import java.time.Duration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The invoices view as the place where stored parts are read. */
public final class DynamoDbInvoices implements StoredInvoices {

  private static final long serialVersionUID = 1L;

  /** Throttling is waited out for minutes before the job is failed and restarted. */
  private static final int MAX_ATTEMPTS = 15;

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);

  private final ViewTables tables;

  public DynamoDbInvoices(ViewTables tables) {
    this.tables = tables;
  }

  @Override
  public Reader open() {
    DynamoDbAsyncClient client =
        tables
            .access()
            .configure(DynamoDbAsyncClient.builder())
            .httpClientBuilder(NettyNioAsyncHttpClient.builder())
            .overrideConfiguration(
                c ->
                    c.retryStrategy(RetryMode.STANDARD)
                        .retryStrategy(r -> r.maxAttempts(MAX_ATTEMPTS))
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT))
            .build();
    return new BatchedPartReader(client, tables.invoices());
  }
}
