/** What lies on S3: every received record, every rejection, and their JSON Lines form. */
@NullMarked
package org.invoiceflow.job.lake;

import org.jspecify.annotations.NullMarked;
