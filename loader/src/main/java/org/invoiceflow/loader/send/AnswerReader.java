package org.invoiceflow.loader.send;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.loader.json.JsonTree;

/** Understands the bodies that the API answers with. */
final class AnswerReader {

  private static final int SHOWN = 200;

  private static final List<Reason> NO_REASON =
      List.of(new Reason("", "", "The API gave no reason"));

  private AnswerReader() {}

  /**
   * The answer to a request with so many lines; empty unless it accounts for each of them exactly
   * once.
   */
  static Optional<Reply.Answered> answer(byte[] body, int lines) {
    try {
      return JsonTree.object(body).map(AnswerReader::read).filter(a -> accountsFor(a, lines));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** What an error's body says, on one line and not too long; "" if nothing. */
  static String errorText(byte[] body) {
    Map<String, Object> object = JsonTree.object(body).orElse(Map.of());
    String said = text(object, "message");
    if (said.isEmpty()) {
      said = text(object, "error");
    }
    if (said.isEmpty()) {
      said = new String(body, StandardCharsets.UTF_8);
    }
    String line = said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + " ...";
  }

  private static Reply.Answered read(Map<String, Object> object) {
    List<Reply.RejectedLine> rejected = new ArrayList<>();
    for (Map<String, Object> line : objects(object, "rejected")) {
      List<Reason> reasons =
          objects(line, "violations").stream().map(AnswerReader::reason).toList();
      rejected.add(
          new Reply.RejectedLine(
              Integer.parseInt(text(line, "index")), reasons.isEmpty() ? NO_REASON : reasons));
    }
    return new Reply.Answered(Integer.parseInt(text(object, "accepted")), rejected);
  }

  private static boolean accountsFor(Reply.Answered answer, int lines) {
    long places =
        answer.rejected().stream()
            .mapToInt(Reply.RejectedLine::index)
            .filter(i -> i >= 0 && i < lines)
            .distinct()
            .count();
    return places == answer.rejected().size() && answer.accepted() + places == lines;
  }

  private static Reason reason(Map<String, Object> object) {
    return new Reason(text(object, "rule"), text(object, "field"), text(object, "message"));
  }

  private static String text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String value ? value : "";
  }

  private static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
    List<Map<String, Object>> objects = new ArrayList<>();
    if (object.get(name) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> map) {
          Map<String, Object> copy = new LinkedHashMap<>();
          map.forEach((key, value) -> copy.put(String.valueOf(key), value));
          objects.add(copy);
        }
      }
    }
    return objects;
  }
}
