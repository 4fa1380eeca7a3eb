/**
 * The Lambda behind {@code POST /v1/invoice-lines}: reads the body, applies the rules to each line,
 * groups the good ones by invoice and puts them on Kinesis.
 */
@NullMarked
package org.invoiceflow.ingest;

import org.jspecify.annotations.NullMarked;
