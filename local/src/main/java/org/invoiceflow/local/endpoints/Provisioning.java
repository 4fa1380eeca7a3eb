package org.invoiceflow.local.endpoints;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.waiters.KinesisWaiter;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * Creates the stream, the two tables and the bucket where they are missing, and waits until they
 * can be used. What exists already is left as it is. The warehouse creates its own tables.
 */
public final class Provisioning {

  /** The waiters' own pace of 10 s would be most of a local start. */
  private static final WaiterOverrideConfiguration POLLING =
      WaiterOverrideConfiguration.builder()
          .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(200)))
          .maxAttempts(1500)
          .waitTimeout(Duration.ofMinutes(5))
          .build();

  private Provisioning() {}

  /**
   * Creates what is missing of {@code services}, all at once.
   *
   * @param shards number of shards of a new stream, 1 or more
   * @throws software.amazon.awssdk.core.exception.SdkException if a service refuses
   */
  public static void createMissing(Endpoints endpoints, Set<Service> services, int shards) {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    if (services.contains(Service.KINESIS)) {
      running.add(CompletableFuture.runAsync(() -> createStream(endpoints.kinesis(), shards)));
    }
    if (services.contains(Service.DYNAMODB)) {
      running.add(CompletableFuture.runAsync(() -> createTables(endpoints.dynamoDb())));
    }
    if (services.contains(Service.S3)) {
      running.add(CompletableFuture.runAsync(() -> createBucket(endpoints.s3())));
    }
    try {
      running.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void createStream(KinesisEndpoint endpoint, int shards) {
    try (KinesisClient client = endpoint.client()) {
      try {
        client.createStream(r -> r.streamName(endpoint.stream()).shardCount(shards));
      } catch (software.amazon.awssdk.services.kinesis.model.ResourceInUseException e) {
        // It exists.
      }
      try (KinesisWaiter waiter =
          KinesisWaiter.builder().client(client).overrideConfiguration(POLLING).build()) {
        waiter.waitUntilStreamExists(r -> r.streamName(endpoint.stream()));
      }
    }
  }

  private static void createTables(DynamoDbEndpoint endpoint) {
    try (DynamoDbClient client = endpoint.client()) {
      createTable(client, invoices(endpoint.invoicesTable()));
      createTable(client, customers(endpoint.customersTable()));
    }
  }

  private static void createTable(DynamoDbClient client, CreateTableRequest request) {
    try {
      client.createTable(request);
    } catch (ResourceInUseException e) {
      // It exists.
    }
    try (DynamoDbWaiter waiter =
        DynamoDbWaiter.builder().client(client).overrideConfiguration(POLLING).build()) {
      waiter.waitUntilTableExists(r -> r.tableName(request.tableName()));
    }
  }

  private static CreateTableRequest invoices(String table) {
    return CreateTableRequest.builder()
        .tableName(table)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(text(ViewSchema.INVOICE_NO), text(ViewSchema.PART))
        .keySchema(key(ViewSchema.INVOICE_NO, KeyType.HASH), key(ViewSchema.PART, KeyType.RANGE))
        .build();
  }

  private static CreateTableRequest customers(String table) {
    LocalSecondaryIndex byDate =
        LocalSecondaryIndex.builder()
            .indexName(ViewSchema.BY_DATE)
            .keySchema(
                key(ViewSchema.CUSTOMER_ID, KeyType.HASH), key(ViewSchema.DATE, KeyType.RANGE))
            .projection(p -> p.projectionType(ProjectionType.ALL))
            .build();
    return CreateTableRequest.builder()
        .tableName(table)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            text(ViewSchema.CUSTOMER_ID), text(ViewSchema.INVOICE_NO), text(ViewSchema.DATE))
        .keySchema(
            key(ViewSchema.CUSTOMER_ID, KeyType.HASH), key(ViewSchema.INVOICE_NO, KeyType.RANGE))
        .localSecondaryIndexes(byDate)
        .build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static void createBucket(S3Endpoint endpoint) {
    try (S3Client client = endpoint.client()) {
      client.createBucket(r -> r.bucket(endpoint.bucket()));
    } catch (BucketAlreadyOwnedByYouException e) {
      // It exists.
    }
  }
}
