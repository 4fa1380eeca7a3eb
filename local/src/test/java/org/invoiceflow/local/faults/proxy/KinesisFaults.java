package org.invoiceflow.local.faults.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A Kinesis that throttles its readers, loses their connections, lets an iterator expire, and takes
 * only a part of the records that it is sent.
 */
public final class KinesisFaults implements HttpFaults {

  private static final String VERSION = "Kinesis_20131202.";

  private final int percent;
  private final Strikes strikes;
  private final Random random;
  private final AtomicBoolean hasExpired = new AtomicBoolean();

  /**
   * @param percent of the requests that fail
   */
  public KinesisFaults(int percent, long seed, Strikes strikes) {
    this.percent = percent;
    this.strikes = strikes;
    this.random = new Random(seed);
  }

  /**
   * A Kinesis whose shards take no more: PutRecords succeeds as a call and fails for each record.
   * Needs a client that sends JSON.
   */
  public static HttpFaults refusingEveryRecord(Strikes strikes) {
    return (request, service) -> {
      if (!request.header("x-amz-target").orElse("").equals(VERSION + "PutRecords")) {
        return service.ask(request);
      }
      strikes.add("PutRecords refused");
      ArrayNode records = (ArrayNode) Json.read(request.body()).get("Records");
      ObjectNode said = Json.object().put("FailedRecordCount", records.size());
      ArrayNode results = said.putArray("Records");
      records.forEach(record -> results.add(refused()));
      return HttpMessage.answer(200, "application/x-amz-json-1.1", Json.write(said));
    };
  }

  @Override
  public HttpMessage answer(HttpMessage request, Service service) throws IOException {
    String operation = request.header("x-amz-target").orElse("").replace(VERSION, "");
    if (roll(100) >= percent) {
      return service.ask(request);
    }
    return switch (operation) {
      case "GetRecords", "GetShardIterator" -> read(operation, request, service);
      case "PutRecords" -> takePart(request, service);
      default -> service.ask(request);
    };
  }

  private HttpMessage read(String operation, HttpMessage request, Service service)
      throws IOException {
    if (operation.equals("GetRecords") && hasExpired.compareAndSet(false, true)) {
      strikes.add(operation + " iterator expired");
      return AwsErrors.answer(request, AwsErrors.EXPIRED_ITERATOR);
    }
    switch (roll(4)) {
      case 0 -> {
        strikes.add(operation + " lost before");
        throw new ConnectionLost();
      }
      case 1 -> {
        strikes.add(operation + " lost after");
        service.ask(request);
        throw new ConnectionLost();
      }
      default -> {
        strikes.add(operation + " throttled");
        return AwsErrors.answer(request, AwsErrors.THROUGHPUT);
      }
    }
  }

  /** Takes some of the records and answers in their order. Needs a client that sends JSON. */
  private HttpMessage takePart(HttpMessage request, Service service) throws IOException {
    ObjectNode body = Json.read(request.body());
    ArrayNode all = (ArrayNode) body.get("Records");
    List<Boolean> isTaken = new ArrayList<>();
    ArrayNode taken = all.arrayNode();
    for (JsonNode entry : all) {
      boolean take = roll(2) == 0;
      isTaken.add(take);
      if (take) {
        taken.add(entry);
      }
    }
    strikes.add("PutRecords in part");
    if (taken.isEmpty()) {
      return AwsErrors.answer(request, AwsErrors.THROUGHPUT);
    }
    body.set("Records", taken);
    HttpMessage answer = service.ask(request.minus("accept-encoding").with(Json.write(body)));
    if (answer.status() != 200) {
      return answer;
    }
    ObjectNode said = Json.read(answer.body());
    ArrayNode results = (ArrayNode) said.get("Records");
    ArrayNode merged = results.arrayNode();
    int next = 0;
    for (boolean take : isTaken) {
      merged.add(take ? results.get(next++) : refused());
    }
    said.set("Records", merged);
    said.put("FailedRecordCount", isTaken.size() - next);
    return answer.with(Json.write(said));
  }

  private static ObjectNode refused() {
    return Json.object()
        .put("ErrorCode", AwsErrors.THROUGHPUT)
        .put("ErrorMessage", "broken on purpose");
  }

  private synchronized int roll(int bound) {
    return random.nextInt(bound);
  }
}
