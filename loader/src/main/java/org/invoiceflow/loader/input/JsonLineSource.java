package org.invoiceflow.loader.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.JsonLine;
import org.invoiceflow.model.JsonLines;
import org.invoiceflow.model.LineDraft;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.LineResult;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;

/**
 * The objects of a JSON Lines file: one object, or an array of them, on each line. Blank lines
 * count but say nothing. A line that names its own SourceFile keeps it.
 */
final class JsonLineSource implements LineSource {

  static final String FORMAT = "json-lines";

  /** Longer lines are not kept in memory; no line that passes the rules comes near. */
  private static final int MAX_LINE_BYTES = 1 << 20;

  private static final int SHOWN_OF_LONG_LINE = 200;

  private final InputStream in;
  private final String name;
  private final Function<IOException, InputException> failure;
  private final Deque<SourceLine> ready = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private long fileLine;

  /**
   * @param name what the lines name as their file
   * @param failure what a failed read means to the user
   */
  JsonLineSource(InputStream in, String name, Function<IOException, InputException> failure) {
    this.in = in;
    this.name = name;
    this.failure = failure;
  }

  @Override
  public Optional<SourceLine> next() throws IOException {
    try {
      while (ready.isEmpty() && readLine()) {
        parse(line.toByteArray());
      }
    } catch (IOException e) {
      throw failure.apply(e);
    }
    return Optional.ofNullable(ready.poll());
  }

  @Override
  public String format() {
    return FORMAT;
  }

  /** Whether there was another line; it is then in {@link #line}, cut if it is too long. */
  private boolean readLine() throws IOException {
    line.reset();
    int b = in.read();
    if (b < 0) {
      return false;
    }
    fileLine++;
    while (b >= 0 && b != '\n') {
      if (line.size() <= MAX_LINE_BYTES) {
        line.write(b);
      }
      b = in.read();
    }
    return true;
  }

  private void parse(byte[] read) {
    String row = new String(read, StandardCharsets.UTF_8).strip();
    if (read.length > MAX_LINE_BYTES) {
      refuse(
          row.substring(0, Math.min(row.length(), SHOWN_OF_LONG_LINE)),
          new Violation(
              Rule.UNREADABLE, "", "The line has more than " + MAX_LINE_BYTES + " bytes"));
      return;
    }
    byte[] bytes = read;
    if (fileLine == 1 && row.startsWith("\ufeff")) {
      row = row.substring(1);
      bytes = row.getBytes(StandardCharsets.UTF_8);
    }
    if (row.isEmpty()) {
      return;
    }
    JsonLines lines = LineJson.read(bytes);
    if (lines.unreadable().isPresent()) {
      refuse(row, lines.unreadable().get());
    }
    for (JsonLine element : lines.lines()) {
      String text = new String(bytes, element.offset(), element.length(), StandardCharsets.UTF_8);
      LineResult result = named(element.result());
      byte[] own = Arrays.copyOfRange(bytes, element.offset(), element.offset() + element.length());
      String draft = result.line().isPresent() ? "" : LineDraft.ofJson(own);
      ready.add(new SourceLine(fileLine, text, result, draft));
    }
  }

  private void refuse(String row, Violation violation) {
    ready.add(new SourceLine(fileLine, row, LineResult.rejected(violation), LineDraft.ofText(row)));
  }

  private LineResult named(LineResult result) {
    Optional<InvoiceLine> unnamed = result.line().filter(l -> l.sourceFile().isEmpty());
    return unnamed
        .map(l -> LineResult.accepted(l.toBuilder().sourceFile(name).build()))
        .orElse(result);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
