-- Lines, each once. No unique keys: Redshift does not enforce them, the load itself does.
CREATE TABLE IF NOT EXISTS invoice_lines (
  invoice_no   varchar(64)   NOT NULL,
  line_no      integer       NOT NULL,
  stock_code   varchar(64)   NOT NULL,
  description  varchar(1000) NOT NULL,
  quantity     integer       NOT NULL,
  invoice_date timestamp     NOT NULL,
  unit_price   decimal(18,4) NOT NULL,
  customer_id  varchar(64),
  country      varchar(100)  NOT NULL,
  source_file  varchar(255),
  loaded_at    timestamp     NOT NULL
) ${lines_layout};

-- The ledger: one row per load. Every load locks this table first.
CREATE TABLE IF NOT EXISTS invoice_loads (
  load_id   varchar(36) NOT NULL,
  files     integer     NOT NULL,
  staged    bigint      NOT NULL,
  inserted  bigint      NOT NULL,
  repeated  bigint      NOT NULL,
  differing bigint      NOT NULL,
  loaded_at timestamp   NOT NULL
);

-- The staged files of every load: what stands here is loaded and may be deleted.
CREATE TABLE IF NOT EXISTS invoice_load_files (
  file    varchar(255) NOT NULL,
  load_id varchar(36)  NOT NULL
);
