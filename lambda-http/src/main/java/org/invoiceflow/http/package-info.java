/**
 * What the Lambda handlers share: the request without nulls, the answer as JSON, the log line.
 * Knows API Gateway's HTTP API with payload format 2.0, and nothing of invoices.
 */
@NullMarked
package org.invoiceflow.http;

import org.jspecify.annotations.NullMarked;
