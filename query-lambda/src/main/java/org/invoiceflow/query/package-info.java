/**
 * The Lambda behind the GET routes: reads the invoices and customers views in DynamoDB and writes
 * nothing.
 */
@NullMarked
package org.invoiceflow.query;

import org.jspecify.annotations.NullMarked;
