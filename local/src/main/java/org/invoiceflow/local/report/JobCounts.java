package org.invoiceflow.local.report;

import java.util.OptionalLong;

/**
 * What the job counted itself. After a restart it counts again what it reads again.
 *
 * @param duplicates dropped duplicates; empty if the job's counter could not be read
 * @param dynamoDbPuts items that DynamoDB acknowledged, both views together; empty if unknown
 * @param restarts how often the job was restarted
 */
public record JobCounts(OptionalLong duplicates, OptionalLong dynamoDbPuts, int restarts) {}
