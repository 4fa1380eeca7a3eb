package org.invoiceflow.query;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Caller;
import org.invoiceflow.http.Environment;
import org.invoiceflow.http.HttpFront;
import org.invoiceflow.http.Request;
import org.invoiceflow.http.RequestLog;
import org.invoiceflow.http.Snapshot;
import org.invoiceflow.model.LineRules;
import org.invoiceflow.query.page.Page;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Answers {@code GET /v1/invoices/{invoiceNo}}, {@code GET /v1/customers/{customerId}} and {@code
 * GET /v1/customers/{customerId}/invoices} as {@code docs/openapi.yaml} says, with strongly
 * consistent reads, and {@code GET /} with the page that shows them. A caller whose token names a
 * customer reads what is that customer's ({@link Access}). Thread-safe.
 *
 * <p>Needs the right {@code dynamodb:Query} on both tables and on the customers table's index.
 */
public final class QueryHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Duration AFTER_THROTTLING = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final HttpFront front;
  private final Access access;
  private final InvoiceQuery invoices;
  private final CustomerQuery customers;
  private final HistoryQuery histories;

  @SuppressWarnings({"unused", "FieldCanBeLocal"}) // Kept alive for the runtime.
  private @Nullable Snapshot snapshot;

  /**
   * As Lambda makes it: the tables' names stand in the environment variables {@code INVOICES_TABLE}
   * and {@code CUSTOMERS_TABLE}; those of {@link Access} may; region, credentials and endpoint are
   * found as the AWS SDK finds them.
   */
  public QueryHandler() {
    this(DynamoDbClients.create(), System.getenv());
  }

  private QueryHandler(DynamoDbClient dynamoDb, Map<String, String> variables) {
    this(
        dynamoDb,
        Environment.required(variables, "INVOICES_TABLE"),
        Environment.required(variables, "CUSTOMERS_TABLE"),
        Access.of(variables),
        System.out);
    String invoicesTable = Environment.required(variables, "INVOICES_TABLE");
    String customersTable = Environment.required(variables, "CUSTOMERS_TABLE");
    snapshot =
        Snapshot.prime(() -> Priming.run(dynamoDb, invoicesTable, customersTable), System.out);
  }

  public QueryHandler(DynamoDbClient dynamoDb, String invoicesTable, String customersTable) {
    this(dynamoDb, invoicesTable, customersTable, Access.DEFAULT, System.out);
  }

  QueryHandler(
      DynamoDbClient dynamoDb,
      String invoicesTable,
      String customersTable,
      Access access,
      PrintStream log) {
    this.access = access;
    this.front = new HttpFront(log, this::handle);
    this.invoices = new InvoiceQuery(dynamoDb, invoicesTable);
    this.customers = new CustomerQuery(dynamoDb, customersTable);
    this.histories = new HistoryQuery(dynamoDb, customersTable);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(
      APIGatewayV2HTTPEvent event, @Nullable Context context) {
    return front.answer(event, context);
  }

  private Answer handle(Request request, RequestLog.Line log) {
    Optional<Answer> page = Page.answer(request, log);
    if (page.isPresent()) {
      return page.get();
    }
    Optional<Route> found = Route.of(request);
    if (found.isEmpty()) {
      return Answer.noSuchPath(Route.ALL);
    }
    Route route = found.get();
    log.route(route.kind().pattern());
    if (!request.method().equals("GET")) {
      return Answer.methodNotAllowed("GET");
    }
    Caller caller = access.callerOf(request);
    if (caller instanceof Caller.Stranger stranger) {
      return Caller.forbidden(stranger.reason());
    }
    if (!isIdentifier(route.id())) {
      return Answer.error(
          400,
          "bad_identifier",
          "An identifier has 1 to " + LineRules.MAX_CODE_BYTES + " bytes of UTF-8 and no NUL");
    }
    try {
      return read(route, request, caller, log).revalidated(request);
    } catch (SdkException e) {
      log.cause(e.toString());
      return e instanceof AwsServiceException service && service.isThrottlingException()
          ? Answer.error(429, "throttled", "The tables are read too often at present; ask again")
              .retryAfter(AFTER_THROTTLING)
          : Answer.error(
                  503, "tables_unavailable", "The tables cannot be read at present; ask again")
              .retryAfter(AFTER_FAILURE);
    }
  }

  /** What a caller may not read is answered as if it were not there. */
  private Answer read(Route route, Request request, Caller caller, RequestLog.Line log) {
    if (route.kind() == Route.Kind.INVOICE) {
      return invoices.answer(route.id(), request, caller, log);
    }
    if (!caller.mayRead(Optional.of(route.id()))) {
      return CustomerQuery.noSuchCustomer();
    }
    return route.kind() == Route.Kind.CUSTOMER
        ? customers.answer(route.id(), log)
        : histories.answer(route.id(), request, log);
  }

  /**
   * What no line can have as its identifier need not be looked up, and DynamoDB may not take it.
   */
  private static boolean isIdentifier(String id) {
    return !id.isEmpty()
        && id.getBytes(StandardCharsets.UTF_8).length <= LineRules.MAX_CODE_BYTES
        && id.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(id);
  }
}
