package org.invoiceflow.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row JSON text that was read: its elements, or why it is unreadable as a whole. Immutable. */
public final class JsonLines {

  private final @Nullable Violation unreadable;
  private final List<JsonLine> lines;

  private JsonLines(@Nullable Violation unreadable, List<JsonLine> lines) {
    this.unreadable = unreadable;
    this.lines = lines;
  }

  static JsonLines of(List<JsonLine> lines) {
    return new JsonLines(null, List.copyOf(lines));
  }

  static JsonLines unreadable(String message) {
    return new JsonLines(new Violation(Rule.UNREADABLE, "", message), List.of());
  }

  /** Why no line could be taken from the text; empty if it could be read. */
  public Optional<Violation> unreadable() {
    return Optional.ofNullable(unreadable);
  }

  /** The elements in their order, each accepted or rejected; empty if the text is unreadable. */
  public List<JsonLine> lines() {
    return lines;
  }
}
