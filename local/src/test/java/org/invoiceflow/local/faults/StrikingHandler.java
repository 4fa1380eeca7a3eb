package org.invoiceflow.local.faults;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.invoiceflow.ingest.IngestHandler;

/** Holds one request up, before or after its lines are stored, until the sender is dead. */
final class StrikingHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Pattern ACCEPTED = Pattern.compile("\"accepted\"\\s*:\\s*(\\d+)");

  private final IngestHandler handler;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int strikeAt;
  private volatile boolean isStoredBefore;
  private volatile CountDownLatch struck = new CountDownLatch(0);
  private volatile CountDownLatch dead = new CountDownLatch(0);

  StrikingHandler(IngestHandler handler) {
    this.handler = handler;
  }

  void strikeAt(int request, boolean isStored) {
    requests.set(0);
    strikeAt = request;
    isStoredBefore = isStored;
    struck = new CountDownLatch(1);
    dead = new CountDownLatch(1);
  }

  /** Kills the loader once the request has come. */
  void kill(ChildJvm loader) throws Exception {
    if (!struck.await(FaultSettings.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("The request never came. " + loader.lastWords());
    }
    strikeAt = 0;
    loader.kill();
    dead.countDown();
  }

  /** Lines that the stream has taken. */
  long accepted() {
    return accepted.get();
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    boolean isStruck = requests.incrementAndGet() == strikeAt;
    if (isStruck && !isStoredBefore) {
      awaitDeath();
    }
    APIGatewayV2HTTPResponse answer = handler.handleRequest(event, context);
    Matcher count = ACCEPTED.matcher(answer.getBody());
    if (count.find()) {
      accepted.addAndGet(Long.parseLong(count.group(1)));
    }
    if (isStruck && isStoredBefore) {
      awaitDeath();
    }
    return answer;
  }

  private void awaitDeath() {
    struck.countDown();
    try {
      dead.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
