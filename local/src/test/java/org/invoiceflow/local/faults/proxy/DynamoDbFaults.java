package org.invoiceflow.local.faults.proxy;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A DynamoDB that throttles, leaves parts of a batch undone, answers late so that requests overtake
 * each other, fails and loses connections before and after it has done what was asked.
 */
public final class DynamoDbFaults implements HttpFaults {

  private static final String WRITE = "DynamoDB_20120810.BatchWriteItem";
  private static final String READ = "DynamoDB_20120810.BatchGetItem";
  private static final int MAX_LATE_MILLIS = 300;

  /**
   * How likely each fault is, in percent of the batch requests.
   *
   * @param throttled answered with one of the two errors for too high a rate
   * @param partial done in part only
   * @param late held up before it is done
   * @param failed answered with an internal error
   * @param lost connection reset, half of them after the request was done
   */
  public record Rates(int throttled, int partial, int late, int failed, int lost) {

    /** What a busy table does. */
    public static final Rates THROTTLING = new Rates(30, 0, 0, 0, 0);

    /** Everything at once. */
    public static final Rates ALL = new Rates(30, 20, 15, 3, 3);
  }

  private final Rates rates;
  private final Strikes strikes;
  private final Random random;

  public DynamoDbFaults(Rates rates, long seed, Strikes strikes) {
    this.rates = rates;
    this.strikes = strikes;
    this.random = new Random(seed);
  }

  @Override
  public HttpMessage answer(HttpMessage request, Service service) throws IOException {
    String operation = request.header("x-amz-target").orElse("");
    if (!operation.equals(WRITE) && !operation.equals(READ)) {
      return service.ask(request);
    }
    String kind = operation.equals(WRITE) ? "write" : "read";
    int dice = roll(100);
    if ((dice -= rates.throttled) < 0) {
      strikes.add(kind + " throttled");
      return AwsErrors.answer(request, dice % 2 == 0 ? AwsErrors.THROUGHPUT : AwsErrors.THROTTLING);
    }
    if ((dice -= rates.partial) < 0) {
      return operation.equals(WRITE)
          ? partly(request, service, kind, "RequestItems", "UnprocessedItems")
          : partly(request, service, kind, "RequestItems", "UnprocessedKeys");
    }
    if ((dice -= rates.late) < 0) {
      strikes.add(kind + " late");
      pause(1 + roll(MAX_LATE_MILLIS));
      return service.ask(request);
    }
    if ((dice -= rates.failed) < 0) {
      strikes.add(kind + " failed");
      return AwsErrors.answer(request, AwsErrors.INTERNAL);
    }
    if ((dice -= rates.lost) < 0) {
      strikes.add(kind + " connection lost");
      if (dice % 2 == 0) {
        service.ask(request);
      }
      throw new ConnectionLost();
    }
    return service.ask(request);
  }

  /** Hands on some of the items or keys, and gives the others back as undone. */
  private HttpMessage partly(
      HttpMessage request, Service service, String kind, String asked, String undone)
      throws IOException {
    ObjectNode body = Json.read(request.body());
    ObjectNode left = Json.object();
    ObjectNode tables = (ObjectNode) body.get(asked);
    Iterator<Map.Entry<String, JsonNode>> each = tables.fields();
    while (each.hasNext()) {
      Map.Entry<String, JsonNode> table = each.next();
      ObjectNode copy = table.getValue().isArray() ? null : table.getValue().deepCopy();
      ArrayNode all = (ArrayNode) (copy == null ? table.getValue() : table.getValue().get("Keys"));
      ArrayNode kept = all.arrayNode();
      int keep = 1 + roll(Math.max(1, all.size() - 1));
      while (all.size() > keep) {
        kept.add(all.remove(roll(all.size())));
      }
      if (kept.isEmpty()) {
        continue;
      }
      left.set(table.getKey(), copy == null ? kept : copy.set("Keys", kept));
    }
    if (left.isEmpty()) {
      return service.ask(request);
    }
    strikes.add(kind + " left undone in part");
    HttpMessage answer = service.ask(request.minus("accept-encoding").with(Json.write(body)));
    if (answer.status() != 200) {
      return answer;
    }
    ObjectNode done = Json.read(answer.body());
    done.set(undone, left);
    return answer.minus("x-amz-crc32").with(Json.write(done));
  }

  private synchronized int roll(int bound) {
    return random.nextInt(bound);
  }

  private static void pause(int millis) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionLost();
    }
  }
}
