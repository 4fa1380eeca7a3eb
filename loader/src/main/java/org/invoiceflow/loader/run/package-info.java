/** Starts bounded runs of the job on AWS and waits for them. */
@NullMarked
package org.invoiceflow.loader.run;

import org.jspecify.annotations.NullMarked;
