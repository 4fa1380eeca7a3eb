package org.invoiceflow.model;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first line of a CSV file: which column holds which field, and what separates columns. */
final class CsvHeader {

  private final char separator;
  private final List<String> names;
  private final List<Optional<Field>> fields;

  private CsvHeader(char separator, List<String> names) {
    this.separator = separator;
    this.names = names;
    this.fields = names.stream().map(Field::ofHeader).collect(Collectors.toList());
  }

  /**
   * Reads the header, with the separator given or with the one that shows most of the fields.
   *
   * @throws CsvException if a field is missing or stands there twice, or if this is no text
   */
  static CsvHeader read(byte[] line, Optional<Character> given) throws CsvException {
    if (new String(line, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0) {
      throw new CsvException(
          "The first line holds NUL bytes, so this is no CSV or written in UTF-16; convert it to"
              + " UTF-8");
    }
    CsvHeader best = null;
    for (char candidate : given.map(List::of).orElse(Separators.CANDIDATES)) {
      CsvHeader header = new CsvHeader(candidate, names(line, candidate));
      if (best == null || header.known() > best.known()) {
        best = header;
      }
    }
    if (best == null) {
      throw new IllegalStateException("there is always a candidate");
    }
    best.check(new String(line, StandardCharsets.ISO_8859_1));
    return best;
  }

  private static List<String> names(byte[] line, char separator) {
    // Names are ASCII; those of ignored columns may be anything.
    CsvFields cells = new CsvFields((byte) separator, StandardCharsets.ISO_8859_1, line.length + 1);
    cells.split(line, 0, line.length, Integer.MAX_VALUE);
    List<String> names = new ArrayList<>();
    try {
      for (int i = 0; i < cells.count(); i++) {
        names.add(cells.text(i).strip());
      }
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("every byte is Latin-1", e);
    }
    return names;
  }

  private long known() {
    return fields.stream().filter(Optional::isPresent).count();
  }

  private void check(String line) throws CsvException {
    String shown = Excerpt.ofSentence(line);
    List<String> missing = new ArrayList<>();
    for (Field field : Field.values()) {
      long times = fields.stream().filter(f -> f.equals(Optional.of(field))).count();
      if (times > 1) {
        throw new CsvException(
            "The header has more than one column for " + field.fieldName() + ": " + shown);
      }
      if (times == 0 && field.requiredInHeader()) {
        missing.add(field.fieldName());
      }
    }
    if (!missing.isEmpty()) {
      throw new CsvException(
          "The first line is no header with all columns; missing "
              + String.join(", ", missing)
              + ", found: "
              + shown);
    }
  }

  char separator() {
    return separator;
  }

  /** As they stand there. */
  List<String> names() {
    return Collections.unmodifiableList(names);
  }

  /** Number of columns, ignored ones included. */
  int size() {
    return names.size();
  }

  /** Position of the field's column; the field is one that every header has. */
  int indexOf(Field field) {
    return fields.indexOf(Optional.of(field));
  }

  /** For each column the field's name, or "" if the column is ignored. */
  List<String> columns() {
    return fields.stream()
        .map(field -> field.map(Field::fieldName).orElse(""))
        .collect(Collectors.toList());
  }
}
