package org.invoiceflow.query;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.invoiceflow.http.Access;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The ways of requests, walked once before the snapshot: by a sample from memory, which is found,
 * and by the real client for an invoice and a customer that nobody has.
 */
final class Priming {

  private static final String NOBODY = "invoiceflow priming";

  private Priming() {}

  /**
   * @throws RuntimeException if a table cannot be read or the sample is not answered as it must
   */
  static void run(DynamoDbClient dynamoDb, String invoicesTable, String customersTable) {
    try (DynamoDbClient sample = new Sample()) {
      ask(sample, invoicesTable, customersTable, 200);
    }
    ask(dynamoDb, invoicesTable, customersTable, 404);
  }

  private static void ask(
      DynamoDbClient dynamoDb, String invoicesTable, String customersTable, int expected) {
    QueryHandler handler =
        new QueryHandler(
            dynamoDb,
            invoicesTable,
            customersTable,
            Access.DEFAULT,
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    for (Route.Kind kind : Route.Kind.values()) {
      String path = kind.pattern().replaceAll("\\{.*\\}", NOBODY);
      APIGatewayV2HTTPResponse answer = handler.handleRequest(event(path), null);
      if (answer.getStatusCode() != expected) {
        throw new IllegalStateException(
            "priming was answered by " + answer.getStatusCode() + ": " + answer.getBody());
      }
    }
  }

  private static APIGatewayV2HTTPEvent event(String path) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withHeaders(Map.of("if-none-match", "\"none\""))
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod("GET").build())
                .build())
        .build();
  }

  /** Tables with one invoice, whatever they are asked for. */
  private static final class Sample implements DynamoDbClient {

    private static final Map<String, AttributeValue> ITEM =
        Map.of(
            ViewSchema.INVOICE_NO, AttributeValue.fromS(NOBODY),
            ViewSchema.PART, AttributeValue.fromS("0001"),
            ViewSchema.CUSTOMER_ID, AttributeValue.fromS(NOBODY),
            ViewSchema.COUNTRY, AttributeValue.fromS(""),
            ViewSchema.KIND, AttributeValue.fromS(InvoiceKind.SALE.name()),
            ViewSchema.DATE, AttributeValue.fromS("2010-12-01T08:26:00"),
            ViewSchema.LINE_COUNT, AttributeValue.fromN("1"),
            ViewSchema.UNITS, AttributeValue.fromN("1"),
            ViewSchema.TOTAL, AttributeValue.fromN("2.55"),
            ViewSchema.LINES, AttributeValue.fromS("[{\"LineNo\":1,\"UnitPrice\":2.55}]"));

    @Override
    public QueryResponse query(QueryRequest request) {
      return QueryResponse.builder().items(List.of(ITEM)).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
