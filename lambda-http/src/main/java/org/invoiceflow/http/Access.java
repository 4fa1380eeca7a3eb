package org.invoiceflow.http;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What the claims of a caller's token allow. Immutable.
 *
 * <ul>
 *   <li>No JWT authoriser stands before the API: callers are trusted, since IAM or the network has
 *       let them through.
 *   <li>The token has the customer's claim: the caller may read that customer's data, also if it
 *       has the staff's claim too.
 *   <li>The token has the staff's claim: the caller is trusted.
 *   <li>Any other token: nothing.
 * </ul>
 *
 * <p>API Gateway hands over every claim as text: a number by its digits, an array as {@code [a b]}.
 * A customer's claim is taken letter for letter, and an array is refused, since a caller is one
 * customer.
 *
 * @param customerClaim name of the claim that holds a CustomerID
 * @param staff the claim of those who may read and send everything; empty: nobody by token
 */
public record Access(String customerClaim, Optional<StaffClaim> staff) {

  /** The customer's claim is {@code customer_id}; no token makes its bearer staff. */
  public static final Access DEFAULT = new Access("customer_id", Optional.empty());

  private static final String NO_CLAIM =
      "The token neither names a customer nor says that its bearer is staff; README tells which"
          + " claims count";
  private static final String BAD_CLAIM =
      "The token's claim of the customer is not the id of one customer; it must be one string";

  /**
   * A claim that holds a value, alone or among others: {@code scope} is a list of words, an array
   * such as {@code cognito:groups} is a list of words in brackets. A value has no white space. The
   * name of a group that has some cannot be told from several names, so a value is also found as a
   * word of such a name.
   */
  public record StaffClaim(String name, String value) {

    boolean isIn(Map<String, String> claims) {
      String held = claims.getOrDefault(name, "");
      String list =
          held.startsWith("[") && held.endsWith("]") ? held.substring(1, held.length() - 1) : held;
      return Arrays.asList(list.split(" ", -1)).contains(value);
    }
  }

  /**
   * From {@code CUSTOMER_CLAIM}, by default {@code customer_id}, and {@code STAFF_CLAIM}, such as
   * {@code scope=invoiceflow/staff} or {@code cognito:groups=staff}.
   *
   * @throws IllegalStateException if the latter is not NAME=VALUE; Lambda shows the message and
   *     starts nothing
   */
  public static Access of(Map<String, String> variables) {
    String customerClaim = variables.getOrDefault("CUSTOMER_CLAIM", "");
    String staff = variables.getOrDefault("STAFF_CLAIM", "");
    return new Access(
        customerClaim.isEmpty() ? DEFAULT.customerClaim : customerClaim,
        staff.isEmpty() ? Optional.empty() : Optional.of(staffClaim(staff)));
  }

  private static StaffClaim staffClaim(String text) {
    int equals = text.indexOf('=');
    String value = text.substring(equals + 1);
    if (equals < 1 || value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalStateException(
          "The environment variable STAFF_CLAIM must be NAME=VALUE without white space in the"
              + " value, such as scope=invoiceflow/staff; correct it in the function's settings");
    }
    return new StaffClaim(text.substring(0, equals), value);
  }

  public Caller callerOf(Request request) {
    return request.claims().map(this::callerOf).orElseGet(Caller.Trusted::new);
  }

  private Caller callerOf(Map<String, String> claims) {
    String customerId = claims.get(customerClaim);
    if (customerId != null) {
      return customerId.isBlank() || customerId.startsWith("[")
          ? new Caller.Stranger(BAD_CLAIM)
          : new Caller.Customer(customerId);
    }
    return staff.isPresent() && staff.get().isIn(claims)
        ? new Caller.Trusted()
        : new Caller.Stranger(NO_CLAIM);
  }
}
