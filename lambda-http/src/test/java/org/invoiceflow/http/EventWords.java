package org.invoiceflow.http;

import java.util.List;
import java.util.Random;

/**
 * Puts an event together from words that mean something to the handler, in the text form of {@link
 * EventText}. Bytes altered at random seldom become such words.
 *
 * @param requestLines and {@code heads}: lines in which each {@code $} stands for a value
 */
public record EventWords(List<String> requestLines, List<String> heads, List<String> values) {

  /** The head of an event: a request line, up to four other lines, and the empty line. */
  public String head(Random random) {
    StringBuilder text = new StringBuilder(line(requestLines, random)).append('\n');
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(line(heads, random)).append('\n');
    }
    return text.append('\n').toString();
  }

  private String line(List<String> from, Random random) {
    StringBuilder line = new StringBuilder();
    from.get(random.nextInt(from.size()))
        .chars()
        .forEach(c -> line.append(c == '$' ? value(random) : Character.toString(c)));
    return line.toString();
  }

  private String value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Integer.toString(random.nextInt(256));
      case 1 -> Character.toString(random.nextInt(256)).repeat(1 + random.nextInt(70));
      default -> values.get(random.nextInt(values.size()));
    };
  }
}
