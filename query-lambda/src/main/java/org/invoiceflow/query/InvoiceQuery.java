package org.invoiceflow.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.JsonText;
import org.invoiceflow.http.RequestLog;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One invoice: its summary and all its lines, from all its parts. */
final class InvoiceQuery {

  /**
   * Most characters of lines in an answer: Lambda passes on 6 MB, and a character takes up to 3
   * bytes. Real invoices end at 1,114 lines, a fifth of a megabyte.
   */
  static final int MAX_LINES_LENGTH = 1_900_000;

  private final DynamoDbClient dynamoDb;
  private final String table;

  InvoiceQuery(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  Answer answer(String invoiceNo, RequestLog.Line log) {
    Found found = new Found();
    Pages.read(
        dynamoDb, Pages.ofPartition(table, ViewSchema.INVOICE_NO, invoiceNo).build(), found::add);
    log.count("parts", found.parts.size());
    if (found.parts.isEmpty() || !isSummary(found.parts.get(0))) {
      return Answer.error(404, "no_such_invoice", "There is no invoice with this number");
    }
    if (found.length > MAX_LINES_LENGTH) {
      return Answer.error(
          413,
          "invoice_too_large",
          "The invoice has "
              + found.parts.get(0).wholeNumber(ViewSchema.LINE_COUNT)
              + " lines, more than one answer can hold; read it from the warehouse");
    }
    return Answer.json(200, json -> write(json, found.parts));
  }

  private static boolean isSummary(Item item) {
    return item.text(ViewSchema.PART).equals(InvoiceParts.key(InvoiceParts.SUMMARY_PART));
  }

  private static void write(JsonGenerator json, List<Item> parts) throws IOException {
    json.writeStartObject();
    SummaryJson.writeFields(json, parts.get(0));
    json.writeArrayFieldStart("items");
    for (Item part : parts) {
      if (part.optionalText(ViewSchema.LINES).isPresent()) {
        copyElements(json, part.text(ViewSchema.LINES));
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Copies a stored row JSON array's lines, numbers as they stand. */
  private static void copyElements(JsonGenerator json, String array) throws IOException {
    try (JsonParser parser = JsonText.FACTORY.createParser(array)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalStateException("a part's lines are no JSON array");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        json.copyCurrentStructureExact(parser);
      }
    }
  }

  /** The parts in their order, as far as an answer can hold them. */
  private static final class Found {
    private final List<Item> parts = new ArrayList<>();
    private long length;

    boolean add(List<Item> page) {
      for (Item part : page) {
        parts.add(part);
        length += part.optionalText(ViewSchema.LINES).map(String::length).orElse(0);
      }
      return length <= MAX_LINES_LENGTH;
    }
  }
}
