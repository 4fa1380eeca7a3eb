package org.invoiceflow.local.endpoints;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The two views in DynamoDB.
 *
 * @param invoicesTable name of the invoices view
 * @param customersTable name of the customers view
 */
public record DynamoDbEndpoint(AwsAccess access, String invoicesTable, String customersTable) {

  /** A new client, to be closed by the caller; safe for use by many threads. */
  public DynamoDbClient client() {
    return access.configure(DynamoDbClient.builder()).build();
  }
}
