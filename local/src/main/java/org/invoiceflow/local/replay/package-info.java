/**
 * What a replay from this machine does: {@code raw/} through the job again, and an account of it.
 */
@NullMarked
package org.invoiceflow.local.replay;

import org.jspecify.annotations.NullMarked;
