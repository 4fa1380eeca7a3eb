package org.invoiceflow.job.config;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads typed options out of runtime property groups and remembers everything that is wrong with
 * them, so that all errors can be reported at once. An option that nobody asked for is an error
 * too: it is a misspelt one.
 */
final class Options {

  /** Managed Service for Apache Flink keeps groups of its own under this prefix. */
  private static final String OF_THE_SERVICE = "kinesis.analytics.";

  private final Map<String, Properties> groups;
  private final List<String> errors = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();

  Options(Map<String, Properties> groups) {
    this.groups = groups;
  }

  /** The text of an option; blank counts as absent. */
  Optional<String> text(String group, String key) {
    asked.add(group + "/" + key);
    Properties properties = groups.getOrDefault(group, new Properties());
    return Optional.ofNullable(properties.getProperty(key))
        .map(String::strip)
        .filter(s -> !s.isEmpty());
  }

  String required(String group, String key, String example) {
    Optional<String> value = text(group, key);
    if (value.isEmpty()) {
      error(group, key, "is missing; give it, for example " + example);
    }
    return value.orElse("");
  }

  /** The value whose name this is, in any case; an error if there is none. */
  <E extends Enum<E>> Optional<E> oneOf(String group, String key, E[] values) {
    Optional<String> text = text(group, key);
    for (E value : values) {
      if (text.isPresent() && value.name().equalsIgnoreCase(text.get())) {
        return Optional.of(value);
      }
    }
    String what = text.map(t -> "is '" + t + "'").orElse("is missing");
    error(group, key, what + "; it is one of " + lower(values));
    return Optional.empty();
  }

  <E extends Enum<E>> E oneOf(String group, String key, E[] values, E byDefault) {
    return text(group, key).isEmpty() ? byDefault : oneOf(group, key, values).orElse(byDefault);
  }

  boolean flag(String group, String key, boolean byDefault) {
    Optional<String> text = text(group, key);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      error(group, key, "is '" + text.get() + "'; it is true or false");
    }
    return text.map(Boolean::valueOf).orElse(byDefault);
  }

  /** A whole number of the unit that the key's name ends in. */
  long number(String group, String key, long byDefault, long min, long max) {
    Optional<String> text = text(group, key);
    if (text.isEmpty()) {
      return byDefault;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below like a number out of range.
    }
    error(group, key, "is '" + text.get() + "'; it is a whole number from " + min + " to " + max);
    return byDefault;
  }

  /** A whole number of milliseconds. */
  Duration millis(String group, String key, Duration byDefault, long minMillis, Duration max) {
    return Duration.ofMillis(number(group, key, byDefault.toMillis(), minMillis, max.toMillis()));
  }

  Optional<URI> uri(String group, String key) {
    Optional<String> text = text(group, key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text.get());
      if (uri.getScheme() != null && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // Reported below like an address without a host.
    }
    error(group, key, "is '" + text.get() + "'; it is an address such as http://127.0.0.1:8000");
    return Optional.empty();
  }

  Optional<Instant> instant(String group, String key) {
    Optional<String> text = text(group, key);
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      error(group, key, "is '" + text.orElse("") + "'; it is a time such as 2026-11-22T08:00:00Z");
      return Optional.empty();
    }
  }

  /** Takes whatever the group holds for known. */
  void passOver(String group) {
    groups.getOrDefault(group, new Properties()).stringPropertyNames().forEach(k -> text(group, k));
  }

  /** Every option that anybody asked for, as {@code group/key}. */
  Set<String> asked() {
    return Set.copyOf(asked);
  }

  static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  void error(String group, String key, String message) {
    errors.add("Property " + key + " of group " + group + " " + message + ".");
  }

  /** Everything that is wrong, options that nobody knows included; to be asked last. */
  List<String> errors() {
    List<String> all = new ArrayList<>(errors);
    for (Map.Entry<String, Properties> group : new TreeMap<>(groups).entrySet()) {
      for (String key : new TreeSet<>(group.getValue().stringPropertyNames())) {
        boolean known = asked.contains(group.getKey() + "/" + key);
        if (!known && !group.getKey().startsWith(OF_THE_SERVICE)) {
          all.add(
              "Property "
                  + key
                  + " of group "
                  + group.getKey()
                  + " is unknown; remove it or correct its name.");
        }
      }
    }
    return all;
  }

  private static <E extends Enum<E>> List<String> lower(E[] values) {
    List<String> names = new ArrayList<>();
    Arrays.stream(values).forEach(v -> names.add(v.name().toLowerCase(Locale.ROOT)));
    return names;
  }
}
