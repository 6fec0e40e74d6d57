-- Each trade with its value. The product is computed as BIGINT: of two INTs it would be an INT, and overflow.
INSERT INTO stock_trades_with_totals (
  trade_timestamp,
  userid,
  side,
  symbol,
  quantity,
  price,
  total_price
)
SELECT
  `$rowtime` AS trade_timestamp,
  userid,
  side,
  symbol,
  quantity,
  price,
  CAST(quantity AS BIGINT) * price AS total_price
FROM stock_trades
