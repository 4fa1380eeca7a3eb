package org.invoiceflow.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Caller;
import org.invoiceflow.http.JsonText;
import org.invoiceflow.http.Request;
import org.invoiceflow.http.RequestLog;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * One invoice: its summary and its lines, from all its parts. What is too long for one answer comes
 * in several, cut between parts.
 */
final class InvoiceQuery {

  /**
   * Most characters of lines in an answer: Lambda passes on 6 MB, a character takes up to 3 bytes,
   * and what Lambda escapes takes up to 2. Real invoices end at 1,114 lines, a fifth of a megabyte.
   */
  static final int MAX_LINES_LENGTH = 1_900_000;

  private final DynamoDbClient dynamoDb;
  private final String table;

  InvoiceQuery(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  Answer answer(String invoiceNo, Request request, Caller caller, RequestLog.Line log) {
    Optional<String> sentCursor = request.queryParameter("cursor");
    Optional<PartCursor> cursor = sentCursor.flatMap(text -> PartCursor.parse(text, invoiceNo));
    if (sentCursor.isPresent() && cursor.isEmpty()) {
      return Cursor.bad();
    }
    Found found = new Found();
    Pages.read(dynamoDb, query(invoiceNo, cursor), found::add);
    log.count("parts", found.parts.size());
    Optional<Item> summary = summary(invoiceNo, cursor, found);
    if (summary.isEmpty() || !caller.mayRead(summary.get().optionalText(ViewSchema.CUSTOMER_ID))) {
      return Answer.error(404, "no_such_invoice", "There is no invoice with this number");
    }
    return found.parts.isEmpty()
        ? Cursor.bad()
        : Answer.json(200, json -> write(json, summary.get(), found));
  }

  private QueryRequest query(String invoiceNo, Optional<PartCursor> cursor) {
    QueryRequest.Builder query = Pages.ofPartition(table, ViewSchema.INVOICE_NO, invoiceNo);
    cursor.ifPresent(after -> query.exclusiveStartKey(after.toKey()));
    return query.build();
  }

  /** The first part, if it is there: without it the invoice has not arrived. */
  private Optional<Item> summary(String invoiceNo, Optional<PartCursor> cursor, Found found) {
    List<Item> first = new ArrayList<>(found.parts);
    if (cursor.isPresent()) {
      first.clear();
      Pages.read(
          dynamoDb,
          Pages.ofPartition(table, ViewSchema.INVOICE_NO, invoiceNo).limit(1).build(),
          page -> {
            first.addAll(page);
            return false;
          });
    }
    return first.stream().limit(1).filter(InvoiceQuery::isSummary).findFirst();
  }

  private static boolean isSummary(Item item) {
    return item.text(ViewSchema.PART).equals(InvoiceParts.key(InvoiceParts.SUMMARY_PART));
  }

  private static void write(JsonGenerator json, Item summary, Found found) throws IOException {
    json.writeStartObject();
    SummaryJson.writeFields(json, summary);
    json.writeArrayFieldStart("items");
    for (Item part : found.parts) {
      if (part.optionalText(ViewSchema.LINES).isPresent()) {
        copyElements(json, part.text(ViewSchema.LINES));
      }
    }
    json.writeEndArray();
    if (found.isCut) {
      Item last = found.parts.get(found.parts.size() - 1);
      json.writeStringField("next_cursor", PartCursor.after(last).toText());
    }
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

  /** The parts in their order, as far as an answer can hold them; one always fits. */
  private static final class Found {
    private final List<Item> parts = new ArrayList<>();
    private long length;
    private boolean isCut;

    boolean add(List<Item> page) {
      for (Item part : page) {
        length += part.optionalText(ViewSchema.LINES).map(String::length).orElse(0);
        if (length > MAX_LINES_LENGTH && !parts.isEmpty()) {
          isCut = true;
          return false;
        }
        parts.add(part);
      }
      return true;
    }
  }
}
