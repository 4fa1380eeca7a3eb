/** How much CPU the API's handlers take. */
@NullMarked
package org.invoiceflow.local.bench.handler;

import org.jspecify.annotations.NullMarked;
