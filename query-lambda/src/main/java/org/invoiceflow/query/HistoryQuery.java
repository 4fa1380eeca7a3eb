package org.invoiceflow.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Request;
import org.invoiceflow.http.RequestLog;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A customer's invoices, newest first, page by page. */
final class HistoryQuery {

  static final int DEFAULT_LIMIT = 25;
  static final int MAX_LIMIT = 100;

  private final DynamoDbClient dynamoDb;
  private final String table;

  HistoryQuery(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  Answer answer(String customerId, Request request, RequestLog.Line log) {
    Optional<Integer> limit = limit(request.queryParameter("limit"));
    if (limit.isEmpty()) {
      return Answer.error(400, "bad_limit", "The limit is a whole number from 1 to " + MAX_LIMIT);
    }
    Optional<String> sentCursor = request.queryParameter("cursor");
    Optional<Cursor> cursor = sentCursor.flatMap(text -> Cursor.parse(text, customerId));
    if (sentCursor.isPresent() && cursor.isEmpty()) {
      return Cursor.bad();
    }
    try {
      List<Item> rows = read(customerId, limit.get(), cursor);
      log.count("rows", rows.size());
      return rows.isEmpty() && cursor.isEmpty()
          ? CustomerQuery.noSuchCustomer()
          : Answer.json(200, json -> write(json, customerId, rows, limit.get()));
    } catch (DynamoDbException e) {
      if (cursor.isPresent() && isValidationError(e)) {
        return Cursor.bad();
      }
      throw e;
    }
  }

  /** One row more than asked for, if there is one: it tells whether another page follows. */
  private List<Item> read(String customerId, int limit, Optional<Cursor> cursor) {
    QueryRequest.Builder query =
        Pages.ofPartition(table, ViewSchema.CUSTOMER_ID, customerId)
            .indexName(ViewSchema.BY_DATE)
            .scanIndexForward(false)
            .limit(limit + 1);
    cursor.ifPresent(after -> query.exclusiveStartKey(after.toKey()));
    List<Item> rows = new ArrayList<>();
    Pages.read(
        dynamoDb,
        query.build(),
        page -> {
          rows.addAll(page);
          return rows.size() <= limit;
        });
    return rows;
  }

  private static void write(JsonGenerator json, String customerId, List<Item> rows, int limit)
      throws IOException {
    List<Item> page = rows.subList(0, Math.min(limit, rows.size()));
    json.writeStartObject();
    json.writeStringField("customer_id", customerId);
    json.writeArrayFieldStart("invoices");
    for (Item row : page) {
      json.writeStartObject();
      SummaryJson.writeFields(json, row);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (rows.size() > limit) {
      json.writeStringField("next_cursor", Cursor.after(page.get(limit - 1)).toText());
    }
    json.writeEndObject();
  }

  private static Optional<Integer> limit(Optional<String> sent) {
    if (sent.isEmpty()) {
      return Optional.of(DEFAULT_LIMIT);
    }
    String text = sent.get();
    if (!text.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    return Optional.of(Integer.valueOf(text)).filter(limit -> limit >= 1 && limit <= MAX_LIMIT);
  }

  private static boolean isValidationError(DynamoDbException e) {
    return e.awsErrorDetails() != null
        && "ValidationException".equals(e.awsErrorDetails().errorCode());
  }
}
