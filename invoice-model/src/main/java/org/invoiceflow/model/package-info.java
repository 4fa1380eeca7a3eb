/**
 * What an invoice line is, the rules that it keeps, and its CSV and JSON forms. Shared by every
 * program of invoiceflow; knows neither Flink nor AWS.
 */
@NullMarked
package org.invoiceflow.model;

import org.jspecify.annotations.NullMarked;
