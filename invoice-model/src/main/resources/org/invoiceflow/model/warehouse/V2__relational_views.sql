-- The relational model for BI tools, on top of invoice_lines. Redshift and its stand-in take the same text.
-- Redshift ignores blanks at the end when it compares or groups text, while codes and descriptions are kept
-- as sent: hence keys with a '.' behind them.

-- An invoice: its customer is the one that any line names, its date the earliest, its country that of the lowest LineNo.
CREATE VIEW invoice AS
SELECT
  i.invoice_no,
  i.customer_id,
  i.invoice_date,
  l.country,
  CASE WHEN i.invoice_no LIKE 'C%' THEN 'CANCELLATION' WHEN i.invoice_no LIKE 'A%' THEN 'ADJUSTMENT' ELSE 'SALE' END AS kind,
  i.line_count,
  i.units,
  i.total
FROM (
  SELECT
    invoice_no,
    max(customer_id) AS customer_id,
    min(invoice_date) AS invoice_date,
    min(line_no) AS first_line_no,
    count(*) AS line_count,
    sum(quantity) AS units,
    sum(quantity * unit_price) AS total
  FROM invoice_lines
  GROUP BY invoice_no
) i
JOIN invoice_lines l ON l.invoice_no = i.invoice_no AND l.line_no = i.first_line_no;

-- A customer: country of the latest invoice; of several at the same time, of the greatest number.
CREATE VIEW customer AS
SELECT
  customer_id,
  max(CASE WHEN recency = 1 THEN country END) AS country,
  count(*) AS invoices,
  CAST(sum(CASE WHEN kind = 'CANCELLATION' THEN 1 ELSE 0 END) AS bigint) AS cancelled_invoices,
  CAST(sum(line_count) AS bigint) AS line_count,
  CAST(sum(units) AS bigint) AS units,
  sum(total) AS total,
  min(invoice_date) AS first_invoice_date,
  max(invoice_date) AS last_invoice_date
FROM (
  SELECT
    customer_id, country, kind, line_count, units, total, invoice_date,
    row_number() OVER (PARTITION BY customer_id ORDER BY invoice_date DESC, invoice_no DESC) AS recency
  FROM invoice
  WHERE customer_id IS NOT NULL
) c
GROUP BY customer_id;

-- A stock code: its name is the description that is not empty and that it has most often; of several, the one used last.
CREATE VIEW stock AS
SELECT stock_code, CASE WHEN described = 1 THEN description END AS name
FROM (
  SELECT
    stock_code, description, described,
    row_number() OVER (PARTITION BY stock_key ORDER BY described DESC, times DESC, last_used DESC, description DESC) AS choice
  FROM (
    SELECT
      stock_key,
      max(stock_code) AS stock_code,
      max(description) AS description,
      max(CASE WHEN description_key = '.' THEN 0 ELSE 1 END) AS described,
      count(*) AS times,
      max(invoice_date) AS last_used
    FROM (
      SELECT stock_code, description, invoice_date, stock_code || '.' AS stock_key, description || '.' AS description_key
      FROM invoice_lines
    ) l
    GROUP BY stock_key, description_key
  ) d
) s
WHERE choice = 1;

-- The stock of an invoice: one row for each code, however many of its lines carry it.
CREATE VIEW invoice_stock AS
SELECT
  invoice_no,
  max(stock_code) AS stock_code,
  count(*) AS line_count,
  sum(quantity) AS units,
  sum(quantity * unit_price) AS total
FROM (
  SELECT invoice_no, stock_code, quantity, unit_price, stock_code || '.' AS stock_key
  FROM invoice_lines
) l
GROUP BY invoice_no, stock_key;
