package org.invoiceflow.local.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.invoiceflow.local.stores.Money;

/**
 * Prints an {@link Accounting}.
 *
 * <p>As JSON, one object; names never change, new ones may be added, numbers are exact and none is
 * rounded but {@code puts_per_line}. What is unknown is left out.
 *
 * <ul>
 *   <li>{@code mode}: "stream" or "import"
 *   <li>{@code balanced}: true if every line is accounted for
 *   <li>{@code differences}, {@code notes}: sentences
 *   <li>{@code invoices}, {@code customers}: how many the views hold
 *   <li>{@code lines}: {@code sent}, {@code accepted}, {@code rejected_by_loader}, {@code
 *       rejected_by_api}, {@code raw}, {@code rejected_in_job}, {@code duplicates_counted_by_job},
 *       {@code duplicates_by_stores} (raw - rejected - stored), {@code duplicates_from_other_file}
 *       (how many of them {@code duplicates/} lists), {@code invoices_view}, {@code
 *       customers_view}, {@code guests}, {@code warehouse}
 *   <li>{@code totals}: {@code invoices_view}, {@code customers_view}, {@code guests}, {@code
 *       warehouse}
 *   <li>{@code requests_repeated}: by the loader
 *   <li>{@code lake}: {@code raw_files}, {@code raw_bytes}, {@code raw_records}, {@code
 *       rejected_files}, {@code duplicates_files}
 *   <li>{@code dynamodb}: {@code puts}, {@code puts_per_line} (of the lines in the invoices view)
 *   <li>{@code stages}: array of {@code name}, {@code seconds}
 * </ul>
 */
public final class Report {

  private static final JsonFactory JSON = new JsonFactory();

  private final Accounting figures;
  private final Balance balance;

  public Report(Accounting figures) {
    this.figures = figures;
    this.balance = figures.balance();
  }

  /** One aligned table for people, ended by a new line. */
  public String table() {
    return new ReportTable(figures, balance).text();
  }

  /** The same as JSON; see the class for the names. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("mode", figures.mode());
      json.writeBooleanField("balanced", balance.balanced());
      writeSentences(json, "differences", balance.differences());
      writeSentences(json, "notes", balance.notes());
      json.writeNumberField("invoices", figures.invoices());
      json.writeNumberField("customers", figures.customers());
      writeLines(json);
      writeTotals(json);
      json.writeNumberField("requests_repeated", figures.sent().retries());
      writeLake(json);
      writePuts(json);
      writeStages(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text + "\n";
  }

  /** Puts per line in the invoices view, with four decimals; repeats do not make it look better. */
  static String putsPerLine(long puts, long lines) {
    return String.format(Locale.ROOT, "%.4f", lines == 0 ? 0 : (double) puts / lines);
  }

  static String money(Held held) {
    return Money.text(held.total());
  }

  private static void writeSentences(JsonGenerator json, String name, List<String> sentences)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String sentence : sentences) {
      json.writeString(sentence);
    }
    json.writeEndArray();
  }

  private void writeLines(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("lines");
    json.writeNumberField("sent", figures.sent().lines());
    json.writeNumberField("accepted", figures.sent().accepted());
    json.writeNumberField("rejected_by_loader", figures.sent().rejectedByLoader());
    json.writeNumberField("rejected_by_api", figures.sent().rejectedByApi());
    json.writeNumberField("raw", figures.lake().raw().lines());
    json.writeNumberField("rejected_in_job", figures.lake().rejected().lines());
    writeIfKnown(json, "duplicates_counted_by_job", figures.job().duplicates());
    json.writeNumberField("duplicates_by_stores", figures.duplicatesByStores());
    json.writeNumberField("duplicates_from_other_file", figures.lake().duplicates().lines());
    json.writeNumberField("invoices_view", figures.invoicesView().lines());
    json.writeNumberField("customers_view", figures.customersView().lines());
    json.writeNumberField("guests", figures.guests().lines());
    json.writeNumberField("warehouse", figures.warehouse().lines());
    json.writeEndObject();
  }

  private void writeTotals(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("totals");
    writeNumber(json, "invoices_view", money(figures.invoicesView()));
    writeNumber(json, "customers_view", money(figures.customersView()));
    writeNumber(json, "guests", money(figures.guests()));
    writeNumber(json, "warehouse", money(figures.warehouse()));
    json.writeEndObject();
  }

  private void writeLake(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("lake");
    json.writeNumberField("raw_files", figures.lake().raw().files());
    json.writeNumberField("raw_bytes", figures.lake().raw().bytes());
    json.writeNumberField("raw_records", figures.lake().raw().records());
    json.writeNumberField("rejected_files", figures.lake().rejected().files());
    json.writeNumberField("duplicates_files", figures.lake().duplicates().files());
    json.writeEndObject();
  }

  private void writePuts(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("dynamodb");
    if (figures.job().dynamoDbPuts().isPresent()) {
      long puts = figures.job().dynamoDbPuts().getAsLong();
      json.writeNumberField("puts", puts);
      writeNumber(json, "puts_per_line", putsPerLine(puts, figures.invoicesView().lines()));
    }
    json.writeEndObject();
  }

  private void writeStages(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("stages");
    for (Stage stage : figures.stages()) {
      json.writeStartObject();
      json.writeStringField("name", stage.name());
      json.writeNumberField("seconds", stage.seconds());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeIfKnown(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    }
  }

  private static void writeNumber(JsonGenerator json, String name, String digits)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(digits);
  }
}
