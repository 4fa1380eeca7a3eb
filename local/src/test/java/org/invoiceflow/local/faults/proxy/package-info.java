/** Proxies between the job and its stores that break things on purpose, as a seed says. */
@NullMarked
package org.invoiceflow.local.faults.proxy;

import org.jspecify.annotations.NullMarked;
