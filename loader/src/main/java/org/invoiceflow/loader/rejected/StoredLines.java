package org.invoiceflow.loader.rejected;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.invoiceflow.model.InvoiceParts;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.LineRules;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Asks the invoices view which lines are stored by now. */
public final class StoredLines {

  /** DynamoDB's limit for a BatchGetItem. */
  private static final int KEYS_IN_REQUEST = 100;

  /** Identity of a line. */
  record Identity(String invoiceNo, int lineNo) {}

  private record Part(String invoiceNo, String part) {}

  private final DynamoDbClient client;
  private final String table;

  /**
   * @param table the invoices view; the client stays the caller's
   */
  public StoredLines(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Those of the lines that are stored, read strongly consistent.
   *
   * @throws StoreException if the table cannot be read
   */
  Set<Identity> among(Collection<Identity> lines) throws StoreException {
    List<Part> parts =
        lines.stream()
            .filter(line -> line.lineNo() >= 1 && line.lineNo() <= LineRules.MAX_LINE_NO)
            .filter(line -> !line.invoiceNo().isEmpty() && isKey(line.invoiceNo()))
            .map(line -> new Part(line.invoiceNo(), part(line.lineNo())))
            .distinct()
            .toList();
    Set<Identity> stored = new HashSet<>();
    try {
      for (int from = 0; from < parts.size(); from += KEYS_IN_REQUEST) {
        read(parts.subList(from, Math.min(parts.size(), from + KEYS_IN_REQUEST)), stored);
      }
    } catch (SdkException e) {
      throw new StoreException("Reading table " + table + " failed: " + e.getMessage(), e);
    }
    return stored.stream().filter(Set.copyOf(lines)::contains).collect(Collectors.toSet());
  }

  private static boolean isKey(String invoiceNo) {
    return invoiceNo.getBytes(StandardCharsets.UTF_8).length <= LineRules.MAX_CODE_BYTES;
  }

  private static String part(int lineNo) {
    return InvoiceParts.key(InvoiceParts.partOf(lineNo));
  }

  private void read(List<Part> parts, Set<Identity> stored) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (Part part : parts) {
      keys.add(
          Map.of(
              ViewSchema.INVOICE_NO, AttributeValue.fromS(part.invoiceNo()),
              ViewSchema.PART, AttributeValue.fromS(part.part())));
    }
    Map<String, KeysAndAttributes> request =
        Map.of(
            table,
            KeysAndAttributes.builder()
                .keys(keys)
                .consistentRead(true)
                .projectionExpression("#lines")
                .expressionAttributeNames(Map.of("#lines", ViewSchema.LINES))
                .build());
    while (!request.isEmpty()) {
      Map<String, KeysAndAttributes> asked = request;
      BatchGetItemResponse answer = client.batchGetItem(r -> r.requestItems(asked));
      answer.responses().values().stream().flatMap(List::stream).forEach(i -> add(i, stored));
      request = answer.unprocessedKeys();
    }
  }

  private static void add(Map<String, AttributeValue> item, Set<Identity> stored) {
    AttributeValue lines = item.get(ViewSchema.LINES);
    if (lines != null && lines.s() != null) {
      LineJson.readStored(lines.s()).stream()
          .flatMap(List::stream)
          .forEach(line -> stored.add(new Identity(line.invoiceNo(), line.lineNo())));
    }
  }
}
