/**
 * How long a function takes to its first answer: a measurement, run by {@code bench/cold-start},
 * not a test.
 */
package org.invoiceflow.http.coldstart;
