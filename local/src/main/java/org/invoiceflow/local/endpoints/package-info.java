/**
 * Where the four services are that the demo works on, how to reach them, and how to create them.
 */
@NullMarked
package org.invoiceflow.local.endpoints;

import org.jspecify.annotations.NullMarked;
