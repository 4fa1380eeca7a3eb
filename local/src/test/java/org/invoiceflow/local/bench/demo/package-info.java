/** What the whole demo costs. */
@NullMarked
package org.invoiceflow.local.bench.demo;

import org.jspecify.annotations.NullMarked;
