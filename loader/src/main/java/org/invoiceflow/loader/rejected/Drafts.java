package org.invoiceflow.loader.rejected;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.loader.json.JsonTree;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.LineDraft;

/** Turns rejected records into drafts. Keeps a parser for each dialect; one thread. */
final class Drafts {

  private static final String JSON = "json";
  private static final String CSV_PREFIX = "csv;";

  /** Stands for a file, or the rest of one, of which the import could not tell the lines. */
  private static final String WHOLE_FILE_PREFIX = "unreadable;";

  private final Map<String, Optional<CsvDialect>> dialects = new HashMap<>();
  private final Map<CsvDialect, CsvRowParser> parsers = new HashMap<>();

  /**
   * A rejected line and what can be known of it.
   *
   * @param json the draft; empty if the record is not a single line, which only its file can mend
   * @param text the rejected bytes for people
   * @param invoiceNo as far as it can be read; "" if it cannot
   * @param lineNo the draft's; "" if it has none
   */
  record Draft(
      RejectedRecord record, Optional<String> json, String text, String invoiceNo, String lineNo) {}

  Draft of(RejectedRecord record) {
    Optional<CsvDialect> dialect = dialects.computeIfAbsent(record.format(), Drafts::dialect);
    Charset charset = dialect.map(CsvDialect::charset).orElse(StandardCharsets.UTF_8);
    String text = new String(record.payload(), charset);
    Optional<String> json = json(record, dialect, text);
    Map<String, Object> fields =
        json.flatMap(draft -> JsonTree.object(draft.getBytes(StandardCharsets.UTF_8)))
            .orElse(Map.of());
    return new Draft(record, json, text, field(fields, "InvoiceNo"), field(fields, "LineNo"));
  }

  private Optional<String> json(RejectedRecord record, Optional<CsvDialect> dialect, String text) {
    if (dialect.isPresent()) {
      CsvRowParser parser = parsers.computeIfAbsent(dialect.get(), CsvRowParser::new);
      return Optional.of(parser.draft(record.payload(), record.lineNo(), record.fileName()));
    }
    if (record.format().startsWith(WHOLE_FILE_PREFIX)) {
      return Optional.empty();
    }
    return Optional.of(
        record.format().equals(JSON) ? LineDraft.ofJson(record.payload()) : LineDraft.ofText(text));
  }

  private static Optional<CsvDialect> dialect(String format) {
    try {
      return format.startsWith(CSV_PREFIX)
          ? Optional.of(CsvDialect.parse(format))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Of a newer release: the row's text is all that can be given back.
      return Optional.empty();
    }
  }

  private static String field(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof String value ? value : "";
  }
}
