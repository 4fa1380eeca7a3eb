package org.invoiceflow.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One broken rule: which, in which field, and a sentence for the person who has to mend it.
 * Immutable.
 */
public final class Violation {

  private final Rule rule;
  private final String field;
  private final String message;

  /**
   * @param field name of the field as in the row JSON, or "" if the record as a whole is meant
   * @param message one sentence: what is wrong and what is expected
   */
  public Violation(Rule rule, String field, String message) {
    this.rule = rule;
    this.field = field;
    this.message = message;
  }

  public Rule rule() {
    return rule;
  }

  /** Name of the field as in the row JSON, or "" if the record as a whole is meant. */
  public String field() {
    return field;
  }

  public String message() {
    return message;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof Violation)) {
      return false;
    }
    Violation that = (Violation) o;
    return rule == that.rule && field.equals(that.field) && message.equals(that.message);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rule, field, message);
  }

  @Override
  public String toString() {
    return rule + ": " + message;
  }
}
