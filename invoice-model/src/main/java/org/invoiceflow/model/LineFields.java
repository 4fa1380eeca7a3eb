package org.invoiceflow.model;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row's fields as text, before any rule is applied; null means absent. The mutable in-between of
 * the readers, which reuse one instance; it never leaves this package.
 */
final class LineFields {

  private final Map<Field, String> values = new EnumMap<>(Field.class);

  @Nullable String get(Field field) {
    return values.get(field);
  }

  void set(Field field, @Nullable String value) {
    if (value == null) {
      values.remove(field);
    } else {
      values.put(field, value);
    }
  }

  void clear() {
    values.clear();
  }
}
