/** How fast the loader sends. */
@NullMarked
package org.invoiceflow.local.bench.loader;

import org.jspecify.annotations.NullMarked;
