/**
 * What a run is told: runtime properties, read once, checked as a whole, immutable from then on.
 */
@NullMarked
package org.invoiceflow.job.config;

import org.jspecify.annotations.NullMarked;
