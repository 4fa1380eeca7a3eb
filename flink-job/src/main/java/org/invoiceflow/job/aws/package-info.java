/** How the job reaches AWS services, or what stands in for them. */
@NullMarked
package org.invoiceflow.job.aws;

import org.jspecify.annotations.NullMarked;
