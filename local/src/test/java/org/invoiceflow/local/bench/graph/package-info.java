/** What the job's graph costs without its stores. */
@NullMarked
package org.invoiceflow.local.bench.graph;

import org.jspecify.annotations.NullMarked;
