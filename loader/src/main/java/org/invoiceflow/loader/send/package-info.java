/**
 * Sends the lines of a file to the API: reads, batches, keeps requests in flight, retries, and
 * accounts for every line.
 */
@NullMarked
package org.invoiceflow.loader.send;

import org.jspecify.annotations.NullMarked;
