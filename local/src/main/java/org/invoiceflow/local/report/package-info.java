/** Whether every line is accounted for: the figures of a run, their equations, and their print. */
@NullMarked
package org.invoiceflow.local.report;

import org.jspecify.annotations.NullMarked;
