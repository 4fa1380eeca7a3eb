package org.invoiceflow.loader.warehouse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.invoiceflow.model.warehouse.SqlSession;
import org.invoiceflow.model.warehouse.WarehouseException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultResponse;
import software.amazon.awssdk.services.redshiftdata.model.RedshiftDataException;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;

/**
 * SQL through the Redshift Data API: a statement is handed in, asked after until it has ended, and
 * its rows are fetched in pages. A batch is one transaction.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html">Using the Amazon
 *     Redshift Data API</a>
 */
public final class DataApiSession implements SqlSession, AutoCloseable {

  /** Limits of one call, which the service states. */
  private static final int MAX_STATEMENTS = 40;

  private static final int MAX_CHARACTERS = 100_000;

  /** A paused serverless warehouse takes its time to wake up. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  /** Waits between two questions. */
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  private final RedshiftDataClient client;
  private final DataApiTarget target;
  private final Pause pause;

  public DataApiSession(RedshiftDataClient client, DataApiTarget target) {
    this(client, target, duration -> Thread.sleep(duration.toMillis()));
  }

  DataApiSession(RedshiftDataClient client, DataApiTarget target, Pause pause) {
    this.client = client;
    this.target = target;
    this.pause = pause;
  }

  @Override
  public List<List<String>> query(String sql) throws WarehouseException {
    try {
      String id =
          client
              .executeStatement(
                  request ->
                      request
                          .sql(sql)
                          // The SDK repeats a call whose answer was lost; the token keeps it one.
                          .clientToken(UUID.randomUUID().toString())
                          .database(target.database())
                          .workgroupName(orNone(target.workgroup()))
                          .clusterIdentifier(orNone(target.cluster()))
                          .secretArn(orNone(target.secretArn()))
                          .dbUser(orNone(target.dbUser())))
              .id();
      awaitEnd(id);
      return rows(id);
    } catch (SdkException e) {
      throw refused(e);
    }
  }

  @Override
  public void run(List<String> statements) throws WarehouseException {
    if (statements.size() > MAX_STATEMENTS
        || statements.stream().mapToInt(String::length).sum() > MAX_CHARACTERS) {
      throw new WarehouseException(
          "A transaction of the Redshift Data API takes 40 statements of 100 KB altogether; this"
              + " one has "
              + statements.size()
              + " statements. Use a direct connection (--url).");
    }
    try {
      String id =
          client
              .batchExecuteStatement(
                  request ->
                      request
                          .sqls(statements)
                          .clientToken(UUID.randomUUID().toString())
                          .database(target.database())
                          .workgroupName(orNone(target.workgroup()))
                          .clusterIdentifier(orNone(target.cluster()))
                          .secretArn(orNone(target.secretArn()))
                          .dbUser(orNone(target.dbUser())))
              .id();
      awaitEnd(id);
    } catch (SdkException e) {
      throw refused(e);
    }
  }

  private void awaitEnd(String id) throws WarehouseException {
    Duration waited = Duration.ZERO;
    Duration next = FIRST_PAUSE;
    while (true) {
      DescribeStatementResponse answer = client.describeStatement(request -> request.id(id));
      StatusString status = answer.status();
      if (status == StatusString.FINISHED) {
        return;
      }
      if (status == StatusString.FAILED || status == StatusString.ABORTED) {
        throw new WarehouseException(
            Optional.ofNullable(answer.error()).orElse("the statement was " + status) + ".");
      }
      if (waited.compareTo(PATIENCE) > 0) {
        throw new WarehouseException(
            "Statement " + id + " of the Redshift Data API has not ended after 15 minutes.");
      }
      sleep(next);
      waited = waited.plus(next);
      next =
          next.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next.multipliedBy(2);
    }
  }

  private void sleep(Duration duration) throws WarehouseException {
    try {
      pause.of(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WarehouseException("Interrupted while the warehouse was working.", e);
    }
  }

  private List<List<String>> rows(String id) {
    List<List<String>> rows = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      String page = orNone(token);
      GetStatementResultResponse answer =
          client.getStatementResult(request -> request.id(id).nextToken(page));
      for (List<Field> row : answer.records()) {
        rows.add(row.stream().map(DataApiSession::text).toList());
      }
      token = Optional.ofNullable(answer.nextToken()).filter(text -> !text.isEmpty());
    } while (token.isPresent());
    return rows;
  }

  private static String text(Field field) {
    if (field.stringValue() != null) {
      return field.stringValue();
    }
    if (field.longValue() != null) {
      return field.longValue().toString();
    }
    if (field.booleanValue() != null) {
      return field.booleanValue().toString();
    }
    return field.doubleValue() == null ? "" : field.doubleValue().toString();
  }

  @SuppressWarnings("NullAway") // The SDK's builders take null for absent.
  private static String orNone(Optional<String> value) {
    return value.orElse(null);
  }

  /** The SDK's own words for absent credentials name every place where it has looked. */
  private static WarehouseException refused(SdkException e) {
    if (e instanceof RedshiftDataException answer && answer.awsErrorDetails() != null) {
      return new WarehouseException(
          "The Redshift Data API refused: " + answer.awsErrorDetails().errorMessage(), e);
    }
    String message = String.valueOf(e.getMessage());
    return new WarehouseException(
        message.startsWith("Unable to load credentials")
            ? "There are no AWS credentials: set them as for the AWS command line."
            : "The Redshift Data API cannot be reached: " + message,
        e);
  }

  @Override
  public void close() {
    client.close();
  }
}
