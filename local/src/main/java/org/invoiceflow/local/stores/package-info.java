/**
 * What the stores hold: reads both views, the warehouse and the lake back, checks them, and exports
 * them as CSV. Knows nothing of the job, and works on any service that speaks DynamoDB, S3 or JDBC.
 */
@NullMarked
package org.invoiceflow.local.stores;

import org.jspecify.annotations.NullMarked;
