package org.invoiceflow.local.replay;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a replay is asked for.
 *
 * @param from what to replay, as the user gave it
 * @param endpoints names the services; those of the AWS environment if absent
 * @param region of the AWS environment; as for the AWS command line if absent
 * @param invoicesTable in place of the one in the endpoints file
 * @param customersTable in place of the one in the endpoints file
 * @param warehouseUrl in place of the one in the endpoints file
 * @param warehouseUser in place of the one in the endpoints file
 * @param noWarehouse leaves the warehouse as it is
 * @param createMissing creates tables and schema where they are missing
 */
record ReplayOptions(
    String from,
    Optional<Path> endpoints,
    Optional<String> region,
    Optional<String> invoicesTable,
    Optional<String> customersTable,
    Optional<String> warehouseUrl,
    Optional<String> warehouseUser,
    boolean noWarehouse,
    boolean createMissing) {}
