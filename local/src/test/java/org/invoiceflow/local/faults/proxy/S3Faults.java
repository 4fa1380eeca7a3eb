package org.invoiceflow.local.faults.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * An S3 that answers 500, 503 or not at all, to the calls by which files are written and listed; to
 * some of them after it has done what was asked. The calls that write a file meet each of these
 * faults once in every run, soon; beyond that, chance decides.
 */
public final class S3Faults implements HttpFaults {

  /** The calls that write a file: in parts, as those of the lake, or whole, as staged ones. */
  public static final List<String> WRITES = List.of("create", "part", "complete", "put");

  /** What can befall a call. */
  public enum Fault {
    INTERNAL_ERROR("500"),
    SLOW_DOWN("503"),
    LOST_BEFORE("lost before"),
    LOST_AFTER("lost after");

    private final String words;

    Fault(String words) {
      this.words = words;
    }
  }

  /** Of a kind of call that must meet all faults, one in so many meets the next one. */
  private static final int EVERY = 2;

  private final int percent;
  private final Strikes strikes;
  private final Random random;
  private final Map<String, Deque<Fault>> due = new HashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();

  /**
   * @param percent of the requests that fail
   */
  public S3Faults(int percent, long seed, Strikes strikes) {
    this.percent = percent;
    this.strikes = strikes;
    this.random = new Random(seed);
    for (String call : WRITES) {
      List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
      Collections.shuffle(faults, random);
      due.put(call, new ArrayDeque<>(faults));
    }
  }

  /** How a strike is named. */
  public static String nameOf(String call, Fault fault) {
    return call + ": " + fault.words;
  }

  @Override
  public HttpMessage answer(HttpMessage request, Service service) throws IOException {
    String call = callOf(request);
    Optional<Fault> fault = next(call);
    if (fault.isEmpty()) {
      return service.ask(request);
    }
    strikes.add(nameOf(call, fault.get()));
    return switch (fault.get()) {
      case INTERNAL_ERROR -> error(500, "InternalError");
      case SLOW_DOWN -> error(503, "SlowDown");
      case LOST_BEFORE -> throw new ConnectionLost();
      case LOST_AFTER -> {
        service.ask(request);
        throw new ConnectionLost();
      }
    };
  }

  private synchronized Optional<Fault> next(String call) {
    Deque<Fault> mustCome = due.getOrDefault(call, new ArrayDeque<>());
    if (!mustCome.isEmpty() && calls.merge(call, 1, Integer::sum) % EVERY == 0) {
      return Optional.of(mustCome.remove());
    }
    if (random.nextInt(100) >= percent) {
      return Optional.empty();
    }
    Fault[] all = Fault.values();
    return Optional.of(all[random.nextInt(all.length)]);
  }

  /** What the request is for, in a word. */
  public static String callOf(HttpMessage request) {
    String target = request.target();
    return switch (request.method()) {
      case "POST" ->
          target.contains("uploadId=")
              ? "complete"
              : target.contains("uploads") ? "create" : "delete";
      case "PUT" -> target.contains("partNumber=") ? "part" : "put";
      case "GET" -> target.contains("prefix=") ? "list" : "get";
      case "HEAD" -> "head";
      default -> "delete";
    };
  }

  static HttpMessage error(int status, String code) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
            + code
            + "</Code><Message>broken on purpose</Message></Error>";
    return HttpMessage.answer(status, "application/xml", body.getBytes(StandardCharsets.UTF_8));
  }
}
