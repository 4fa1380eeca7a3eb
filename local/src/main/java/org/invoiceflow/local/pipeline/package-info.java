/**
 * What is where in the running pipeline: the figures behind the page's pipeline, for looking on.
 */
@NullMarked
package org.invoiceflow.local.pipeline;

import org.jspecify.annotations.NullMarked;
