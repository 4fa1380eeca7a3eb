/** Where records come from: a Kinesis stream, files of invoices, and the lake's own raw files. */
@NullMarked
package org.invoiceflow.job.sources;

import org.jspecify.annotations.NullMarked;
