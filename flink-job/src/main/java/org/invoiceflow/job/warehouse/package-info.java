/**
 * The load into the warehouse (Redshift): lines are staged as files, and one transaction per load
 * interval moves them into {@code invoice_lines}, each line once.
 */
@NullMarked
package org.invoiceflow.job.warehouse;

import org.jspecify.annotations.NullMarked;
