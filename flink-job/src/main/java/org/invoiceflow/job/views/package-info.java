/**
 * The two DynamoDB views: what their items are, how they are merged with what is stored, and how
 * they are written.
 */
@NullMarked
package org.invoiceflow.job.views;

import org.jspecify.annotations.NullMarked;
