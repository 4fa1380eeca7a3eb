package org.invoiceflow.local.bench.handler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.query.Views;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The invoices table with one invoice in it, which answers every query with it at no cost. */
final class OneInvoice implements DynamoDbClient {

  private final List<InvoiceLine> lines;
  private final QueryResponse answer;

  OneInvoice(List<InvoiceLine> lines) {
    this.lines = lines;
    this.answer =
        QueryResponse.builder()
            .items(lines.isEmpty() ? List.of() : Views.invoiceParts(lines))
            .build();
  }

  /** With the invoice that has the most lines. */
  static OneInvoice largestOf(List<InvoiceLine> lines) {
    Map<String, List<InvoiceLine>> invoices = new HashMap<>();
    lines.forEach(
        line -> invoices.computeIfAbsent(line.invoiceNo(), any -> new ArrayList<>()).add(line));
    return new OneInvoice(
        invoices.values().stream()
            .max((one, other) -> Integer.compare(one.size(), other.size()))
            .orElseThrow());
  }

  String number() {
    return lines.get(0).invoiceNo();
  }

  int size() {
    return lines.size();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return answer;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
