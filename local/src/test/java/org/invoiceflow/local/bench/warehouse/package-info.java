/** How fast the warehouse's load is. */
@NullMarked
package org.invoiceflow.local.bench.warehouse;

import org.jspecify.annotations.NullMarked;
