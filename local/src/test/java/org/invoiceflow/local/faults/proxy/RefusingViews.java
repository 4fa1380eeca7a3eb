package org.invoiceflow.local.faults.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;

/**
 * Stands before DynamoDB and refuses the first batch of puts for good, so that the job fails and is
 * restarted; from then on everything passes.
 */
public final class RefusingViews implements AutoCloseable {

  private static final String WRITE = "DynamoDB_20120810.BatchWriteItem";

  private final AtomicBoolean refused = new AtomicBoolean();
  private final DynamoDbEndpoint real;
  private final HttpFaultProxy proxy;

  public RefusingViews(DynamoDbEndpoint real) throws IOException {
    this.real = real;
    this.proxy = new HttpFaultProxy(real.access().endpoint().orElseThrow());
    proxy.strike(this::answer);
  }

  /** The tables as they are seen through this. */
  public DynamoDbEndpoint endpoint() {
    AwsAccess seen =
        new AwsAccess(Optional.of(proxy.address()), real.access().region(), real.access().keys());
    return new DynamoDbEndpoint(seen, real.invoicesTable(), real.customersTable());
  }

  public boolean hasStruck() {
    return refused.get();
  }

  private HttpMessage answer(HttpMessage request, HttpFaults.Service service) throws IOException {
    boolean puts =
        request.header("x-amz-target").filter(WRITE::equals).isPresent()
            && new String(request.body(), StandardCharsets.UTF_8).contains("\"PutRequest\"");
    return puts && refused.compareAndSet(false, true)
        ? AwsErrors.answer(request, AwsErrors.INVALID)
        : service.ask(request);
  }

  @Override
  public void close() {
    proxy.close();
  }
}
