package org.invoiceflow.loader.generate;

/**
 * One generated line.
 *
 * @param minute minutes since the epoch, local time
 * @param customerId empty on a guest's line
 */
record Row(
    String invoiceNo, Item item, int quantity, long minute, String customerId, String country) {}
