/** What comes in, whatever the source, and how it becomes invoice lines or rejections. */
@NullMarked
package org.invoiceflow.job.intake;

import org.jspecify.annotations.NullMarked;
