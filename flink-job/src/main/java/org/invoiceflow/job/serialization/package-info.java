/**
 * How the job's values travel between operators and lie in state: written by hand, versioned, never
 * by Kryo.
 */
@NullMarked
package org.invoiceflow.job.serialization;

import org.jspecify.annotations.NullMarked;
