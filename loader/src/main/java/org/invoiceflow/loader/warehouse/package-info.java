/** The ways to the warehouse, and the staged files that nobody will load. */
@NullMarked
package org.invoiceflow.loader.warehouse;

import org.jspecify.annotations.NullMarked;
