package org.invoiceflow.loader.rejected;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.json.JsonTree;
import org.invoiceflow.loader.send.Reason;

/**
 * One line of {@code rejected/}. The job writes it, and may be newer than this program: rules are
 * text, and fields that are unknown are passed over.
 */
final class RejectedRecord {

  private final String source;
  private final String position;
  private final String receivedAt;
  private final String format;
  private final int lineNo;
  private final byte[] payload;
  private final Optional<String> base64;
  private final List<Reason> reasons;

  private RejectedRecord(Map<String, Object> object, String format, List<Reason> reasons) {
    String number = text(object, "line_no");
    this.source = text(object, "source");
    this.position = text(object, "position");
    this.receivedAt = text(object, "received_at");
    this.format = format;
    this.lineNo = number.isEmpty() ? 0 : Integer.parseInt(number);
    this.base64 = Optional.of(text(object, "payload_base64")).filter(t -> !t.isEmpty());
    this.payload =
        base64.isPresent()
            ? Base64.getDecoder().decode(base64.get())
            : text(object, "payload").getBytes(StandardCharsets.UTF_8);
    this.reasons = List.copyOf(reasons);
  }

  /**
   * @param place of the line, for people
   * @throws InputException if the line is none of {@code rejected/}
   */
  static RejectedRecord read(String line, String place) throws InputException {
    Map<String, Object> object =
        JsonTree.object(line.getBytes(StandardCharsets.UTF_8)).orElse(Map.of());
    List<Reason> reasons = new ArrayList<>();
    if (object.get("violations") instanceof List<?> violations) {
      for (Object violation : violations) {
        if (violation instanceof Map<?, ?> named) {
          reasons.add(
              new Reason(text(named, "rule"), text(named, "field"), text(named, "message")));
        }
      }
    }
    if (reasons.isEmpty() || !(object.get("format") instanceof String format)) {
      throw new InputException(
          place + " is no line of rejected/; name a folder or a file of rejected/.");
    }
    try {
      return new RejectedRecord(object, format, reasons);
    } catch (IllegalArgumentException e) {
      throw new InputException(place + " is damaged: " + e.getMessage() + ".", e);
    }
  }

  /** File or stream that it came from. */
  String source() {
    return source;
  }

  /** Last segment of the source's path: of a file, its name. */
  String fileName() {
    return source.substring(source.lastIndexOf('/') + 1);
  }

  /** Place in the source. */
  String position() {
    return position;
  }

  /** Instant of receipt, as written. */
  String receivedAt() {
    return receivedAt;
  }

  /** {@code json}, a CSV dialect, or {@code unreadable;} and a reason. */
  String format() {
    return format;
  }

  /** The number that the reader of a CSV file gave the row; 0 for none. */
  int lineNo() {
    return lineNo;
  }

  /** The rejected bytes; nobody changes them. */
  byte[] payload() {
    return payload;
  }

  /** The payload as base64 if it is no UTF-8. */
  Optional<String> base64() {
    return base64;
  }

  /** Every broken rule; at least one. */
  List<Reason> reasons() {
    return reasons;
  }

  boolean broke(String rule) {
    return reasons.stream().anyMatch(reason -> reason.rule().equals(rule));
  }

  private static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String value ? value : "";
  }
}
