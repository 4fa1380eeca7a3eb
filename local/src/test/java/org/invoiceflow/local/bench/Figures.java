package org.invoiceflow.local.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured: rows of figures, each row with all its runs. Of several runs the one in the
 * middle by the first column stands in the table, whole, so that its figures belong together.
 */
public final class Figures {

  /**
   * A column.
   *
   * @param title for people, with its unit
   * @param name in the JSON
   */
  public record Column(String title, String name, int decimals) {}

  private static final String GAP = "  ";

  private final String subject;
  private final List<Column> columns;
  private final Map<String, List<double[]>> rows = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param subject what was done with how much of what, for the table's first line
   */
  public Figures(String subject, Column... columns) {
    this.subject = subject;
    this.columns = List.of(columns);
  }

  /** For runs that warm up: tells them, and keeps none. */
  public Figures uncounted() {
    return new Figures(subject, columns.toArray(Column[]::new));
  }

  /** Adds a run to its row, and tells it on standard error. NaN is a figure that there is not. */
  public void run(String row, double... figures) {
    if (figures.length != columns.size()) {
      throw new IllegalArgumentException(figures.length + " figures, " + columns.size());
    }
    rows.computeIfAbsent(row, any -> new ArrayList<>()).add(figures.clone());
    StringBuilder told = new StringBuilder("  " + row + ":");
    for (int i = 0; i < figures.length; i++) {
      told.append(i == 0 ? " " : ", ")
          .append(columns.get(i).title())
          .append(' ')
          .append(text(figures[i], columns.get(i)));
    }
    System.err.println(told);
  }

  /** A sentence below the table. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /** The figure in the middle run of a row. */
  public double figure(String row, String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return median(rows.get(row))[i];
      }
    }
    throw new IllegalArgumentException("there is no column " + column);
  }

  String table(Machine machine) {
    int first = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder table = new StringBuilder(subject + "\n" + machine.text() + "\n");
    table.append(" ".repeat(first));
    for (Column column : columns) {
      table.append(GAP).append(column.title());
    }
    rows.forEach(
        (row, runs) -> {
          table.append('\n').append(row).append(" ".repeat(first - row.length()));
          double[] median = median(runs);
          for (int i = 0; i < median.length; i++) {
            String figure = text(median[i], columns.get(i));
            int width = columns.get(i).title().length();
            table
                .append(GAP)
                .append(" ".repeat(Math.max(0, width - figure.length())))
                .append(figure);
          }
        });
    table.append('\n');
    notes.forEach(note -> table.append(note).append('\n'));
    return table.toString();
  }

  String json(String name, Machine before, Machine after) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("bench", name);
      json.writeStringField("subject", subject);
      json.writeStringField("started", before.time().toString());
      json.writeStringField("ended", after.time().toString());
      json.writeStringField("processor", before.processor());
      json.writeNumberField("processors", before.processors());
      json.writeStringField("system", before.system());
      json.writeStringField("java", before.java());
      json.writeNumberField("load_before", before.load());
      json.writeNumberField("load_after", after.load());
      json.writeArrayFieldStart("rows");
      for (Map.Entry<String, List<double[]>> row : rows.entrySet()) {
        json.writeStartObject();
        json.writeStringField("name", row.getKey());
        writeFigures(json, median(row.getValue()));
        json.writeArrayFieldStart("runs");
        for (double[] run : row.getValue()) {
          json.writeStartObject();
          writeFigures(json, run);
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("notes");
      for (String note : notes) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text + "\n";
  }

  private void writeFigures(JsonGenerator json, double[] figures) throws IOException {
    for (int i = 0; i < figures.length; i++) {
      json.writeFieldName(columns.get(i).name());
      if (Double.isNaN(figures[i])) {
        json.writeNull();
      } else {
        json.writeNumber(plain(figures[i], columns.get(i)));
      }
    }
  }

  private static double[] median(List<double[]> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(run -> run[0]))
        .toList()
        .get(runs.size() / 2);
  }

  private static String text(double figure, Column column) {
    return Double.isNaN(figure)
        ? "-"
        : String.format(Locale.ROOT, "%,." + column.decimals() + "f", figure);
  }

  private static String plain(double figure, Column column) {
    return String.format(Locale.ROOT, "%." + column.decimals() + "f", figure);
  }
}
