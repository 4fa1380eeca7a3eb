/**
 * {@code ./demo}: a file through the whole pipeline on this machine, and proof that every line
 * arrived.
 */
@NullMarked
package org.invoiceflow.local.demo;

import org.jspecify.annotations.NullMarked;
