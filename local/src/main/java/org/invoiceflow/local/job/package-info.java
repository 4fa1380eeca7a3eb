/** The Flink job on this machine: a MiniCluster with the web UI, and what the job counts. */
@NullMarked
package org.invoiceflow.local.job;

import org.jspecify.annotations.NullMarked;
