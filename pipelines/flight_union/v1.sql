-- Both airlines as one stream. The column lists are explicit because INSERT maps by position, not by name.
INSERT INTO flight_union (
  email_address,
  departure_time,
  departure_airport_code,
  arrival_time,
  arrival_airport_code,
  flight_number,
  confirmation_code,
  airline
)
SELECT
  email_address,
  departure_time,
  departure_airport_code,
  arrival_time,
  arrival_airport_code,
  flight_number,
  confirmation_code,
  'SkyOne' AS airline
FROM skyone_avro
UNION ALL
SELECT
  email_address,
  departure_time,
  departure_airport_code,
  arrival_time,
  arrival_airport_code,
  flight_number,
  confirmation_code,
  'Sunset' AS airline
FROM sunset_avro
