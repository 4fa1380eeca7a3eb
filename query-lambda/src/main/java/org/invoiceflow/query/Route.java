package org.invoiceflow.query;

import java.util.List;
import java.util.Optional;
import org.invoiceflow.http.Request;

/**
 * What a request asks for. The gateway's own routing counts first, since only it knows where a
 * decoded identifier with a slash ends; without it the path is cut up here.
 */
record Route(Kind kind, String id) {

  /** The routes, for people. */
  static final String ALL =
      "GET "
          + Kind.INVOICE.pattern()
          + ", GET "
          + Kind.CUSTOMER.pattern()
          + " and GET "
          + Kind.CUSTOMER_INVOICES.pattern();

  /** The routes of {@code docs/openapi.yaml}. */
  enum Kind {
    INVOICE("/v1/invoices/{invoiceNo}", "invoiceNo"),
    CUSTOMER("/v1/customers/{customerId}", "customerId"),
    CUSTOMER_INVOICES("/v1/customers/{customerId}/invoices", "customerId");

    private final String pattern;
    private final String parameter;

    Kind(String pattern, String parameter) {
      this.pattern = pattern;
      this.parameter = parameter;
    }

    String pattern() {
      return pattern;
    }
  }

  static Optional<Route> of(Request request) {
    String routeKey = request.routeKey();
    for (Kind kind : Kind.values()) {
      Optional<String> id = request.pathParameter(kind.parameter);
      if (routeKey.endsWith(" " + kind.pattern) && id.isPresent()) {
        return Optional.of(new Route(kind, id.get()));
      }
    }
    return ofPath(request.path());
  }

  private static Optional<Route> ofPath(List<String> path) {
    if (path.size() == 3 && path.subList(0, 2).equals(List.of("v1", "invoices"))) {
      return Optional.of(new Route(Kind.INVOICE, path.get(2)));
    }
    if (path.size() >= 3 && path.subList(0, 2).equals(List.of("v1", "customers"))) {
      if (path.size() == 3) {
        return Optional.of(new Route(Kind.CUSTOMER, path.get(2)));
      }
      if (path.size() == 4 && path.get(3).equals("invoices")) {
        return Optional.of(new Route(Kind.CUSTOMER_INVOICES, path.get(2)));
      }
    }
    return Optional.empty();
  }
}
