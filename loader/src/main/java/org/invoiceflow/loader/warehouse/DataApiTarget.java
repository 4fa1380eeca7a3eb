package org.invoiceflow.loader.warehouse;

import java.util.Optional;

/**
 * Which database of which warehouse, and as whom.
 *
 * @param workgroup of Redshift Serverless; else {@code cluster} is there
 * @param cluster identifier of a provisioned cluster
 * @param secretArn secret with user and password; if absent, IAM decides who the user is
 * @param dbUser user of a cluster for temporary credentials
 */
public record DataApiTarget(
    Optional<String> workgroup,
    Optional<String> cluster,
    String database,
    Optional<String> secretArn,
    Optional<String> dbUser) {}
