/** The job's own counters and where they are published. */
@NullMarked
package org.invoiceflow.job.metrics;

import org.jspecify.annotations.NullMarked;
