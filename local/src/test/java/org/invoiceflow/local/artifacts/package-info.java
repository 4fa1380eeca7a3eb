/** What is deployed: the job's jar and the functions' jars, opened as they are. */
@NullMarked
package org.invoiceflow.local.artifacts;

import org.jspecify.annotations.NullMarked;
