/** How lines become invoices: duplicates, conflicts, and when an invoice's change is handed on. */
@NullMarked
package org.invoiceflow.job.assembly;

import org.jspecify.annotations.NullMarked;
