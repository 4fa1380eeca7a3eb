package org.invoiceflow.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds out how dates are written, from all of a file. */
final class CsvDateEvidence {

  /** The rows with a date, by the formats that it fits. */
  private final Map<Set<DateFormat>, CsvSightings> dates = new LinkedHashMap<>();

  private CsvSightings last = new CsvSightings();

  /** Takes the date of the next row that has one into account. */
  void look(String text, long fileLine) {
    Set<DateFormat> fitting = EnumSet.noneOf(DateFormat.class);
    for (DateFormat format : DateFormat.values()) {
      if (format.parse(text).isPresent()) {
        fitting.add(format);
      }
    }
    last = dates.computeIfAbsent(fitting, any -> new CsvSightings());
    if (last.isEmpty()) {
      last.first(text, fileLine);
    }
    last.add();
  }

  /** The next row has the same date. */
  void lookAgain() {
    last.add();
  }

  /** Rows with a date. */
  long rows() {
    return rows(any -> true);
  }

  private long rows(Predicate<Set<DateFormat>> which) {
    return dates.entrySet().stream()
        .filter(found -> which.test(found.getKey()))
        .mapToLong(found -> found.getValue().rows())
        .sum();
  }

  /** For each format how many dates fit it. */
  Map<DateFormat, Long> rowsByFormat() {
    Map<DateFormat, Long> fitting = new EnumMap<>(DateFormat.class);
    for (DateFormat format : DateFormat.values()) {
      fitting.put(format, rows(formats -> formats.contains(format)));
    }
    return Collections.unmodifiableMap(fitting);
  }

  /**
   * The given format, or the one that most dates fit. ISO for a file without dates, where it does
   * not matter. What only another format fits is refused row by row, unless some dates fit both:
   * then it cannot be told which of the two they are meant in, however few the other's are.
   *
   * @throws CsvException if no date fits, or if it cannot be told
   */
  DateFormat format(Optional<DateFormat> given) throws CsvException {
    if (dates.isEmpty()) {
      return given.orElse(DateFormat.ISO);
    }
    Map<DateFormat, Long> allowed = new EnumMap<>(rowsByFormat());
    given.ifPresent(format -> allowed.keySet().retainAll(Set.of(format)));
    long most = Collections.max(allowed.values());
    if (most == 0) {
      throw noneFits(allowed.keySet());
    }
    List<DateFormat> best =
        allowed.entrySet().stream()
            .filter(format -> format.getValue() == most)
            .map(Map.Entry::getKey)
            .collect(Collectors.toList());
    if (best.size() > 1) {
      throw severalFit(best, most);
    }
    DateFormat chosen = best.get(0);
    for (DateFormat other : allowed.keySet()) {
      refuseContradiction(chosen, other);
    }
    return chosen;
  }

  private void refuseContradiction(DateFormat chosen, DateFormat other) throws CsvException {
    long both = rows(formats -> formats.containsAll(EnumSet.of(chosen, other)));
    Optional<CsvSightings> onlyChosen = onlyIn(chosen, other);
    Optional<CsvSightings> onlyOther = onlyIn(other, chosen);
    if (both == 0 || onlyChosen.isEmpty() || onlyOther.isEmpty()) {
      return;
    }
    throw new CsvException(
        String.format(
            Locale.ROOT,
            "The dates contradict each other: %d of %d rows fit only %s (%s), %d only %s (%s), and"
                + " %d can be read both ways. If the file was put together from two, take it apart;"
                + " else choose one with %s, and rows that do not fit it are rejected",
            onlyChosen.get().rows(),
            rows(),
            chosen.pattern(),
            onlyChosen.get(),
            onlyOther.get().rows(),
            other.pattern(),
            onlyOther.get(),
            both,
            options(List.of(chosen, other))));
  }

  /**
   * The dates that fit the one, but not the other. Formats overlap in pairs, so they are one group.
   */
  private Optional<CsvSightings> onlyIn(DateFormat one, DateFormat other) {
    return dates.entrySet().stream()
        .filter(found -> found.getKey().contains(one) && !found.getKey().contains(other))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private CsvSightings firstDate() {
    return Collections.min(dates.values(), Comparator.comparingLong(CsvSightings::firstLine));
  }

  private CsvException noneFits(Set<DateFormat> tried) {
    CsvSightings first = firstDate();
    return new CsvException(
        "No InvoiceDate of the file has the form "
            + tried.stream().map(DateFormat::pattern).collect(Collectors.joining(" or "))
            + "; the first is '"
            + first.first()
            + "' in line "
            + first.firstLine());
  }

  private CsvException severalFit(List<DateFormat> best, long most) {
    return new CsvException(
        "The dates can be read in more than one way: "
            + best.stream().map(DateFormat::pattern).collect(Collectors.joining(" and "))
            + " fit "
            + (most == rows() ? "all rows" : most + " of " + rows() + " rows each")
            + " ("
            + firstDate()
            + "); choose one with "
            + options(best));
  }

  private static String options(List<DateFormat> formats) {
    return formats.stream()
        .map(format -> "--date-format " + format.optionName())
        .collect(Collectors.joining(" or "));
  }
}
