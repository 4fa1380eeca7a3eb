/** How long a line takes from the POST to the GET. */
@NullMarked
package org.invoiceflow.local.bench.latency;

import org.jspecify.annotations.NullMarked;
