/** The Flink application: its main, its graph, and the names of its operators. */
@NullMarked
package org.invoiceflow.job;

import org.jspecify.annotations.NullMarked;
