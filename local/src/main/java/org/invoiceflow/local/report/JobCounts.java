package org.invoiceflow.local.report;

import java.util.OptionalLong;

/**
 * What the job counted itself.
 *
 * @param duplicates dropped duplicates; empty if the job's counter could not be read
 * @param dynamoDbPuts items that DynamoDB acknowledged, both views together; empty if unknown
 */
public record JobCounts(OptionalLong duplicates, OptionalLong dynamoDbPuts) {}
