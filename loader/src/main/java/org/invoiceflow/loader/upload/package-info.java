/** Puts files on S3 for the bounded import. */
@NullMarked
package org.invoiceflow.loader.upload;

import org.jspecify.annotations.NullMarked;
