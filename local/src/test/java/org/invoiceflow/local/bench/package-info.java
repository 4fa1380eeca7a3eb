/** Measurements by {@code bench/run}: plain programs, no part of any product. */
@NullMarked
package org.invoiceflow.local.bench;

import org.jspecify.annotations.NullMarked;
