INSERT INTO `flyer_stats_avro` (
    `email_address`,
    `total_flight_duration`,
    `number_of_flights`
)
SELECT
    `$$T_PROJECT`.`email_address`,
    `$$T_PROJECT`.`EXPR$0` AS `total_flight_duration`,
    `$$T_PROJECT`.`EXPR$1` AS `number_of_flights`
FROM (
    SELECT
        `$$T_WIN_AGG`.`email_address`,
        (LAST_VALUE(`$$T_WIN_AGG`.`total_flight_duration`)) AS `EXPR$0`,
        (LAST_VALUE(`$$T_WIN_AGG`.`number_of_flights`)) AS `EXPR$1`
    FROM TABLE(
        TUMBLE((
            SELECT
                `$$T_PROJECT`.`email_address`,
                (SUM(`$$T_PROJECT`.`minutes`) OVER(PARTITION BY `$$T_PROJECT`.`email_address` ORDER BY `$$T_PROJECT`.`$rowtime` RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS `total_flight_duration`,
                (COUNT(`$$T_PROJECT`.`minutes`) OVER(PARTITION BY `$$T_PROJECT`.`email_address` ORDER BY `$$T_PROJECT`.`$rowtime` RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS `number_of_flights`,
                `$$T_PROJECT`.`$rowtime`
            FROM (
                SELECT
                    `$$T_FILTER`.`email_address`,
                    `$$T_FILTER`.`minutes`,
                    `$$T_FILTER`.`$rowtime`
                FROM (
                    SELECT
                        `$$T_PROJECT`.`email_address`,
                        (CAST(TIMESTAMPDIFF(MINUTE, TO_TIMESTAMP(`$$T_PROJECT`.`departure_time`), TO_TIMESTAMP(`$$T_PROJECT`.`arrival_time`)) AS BIGINT)) AS `minutes`,
                        `$$T_PROJECT`.`$rowtime`
                    FROM (
                        SELECT
                            `$$T_SOURCE`.`departure_airport_code`,
                            `$$T_SOURCE`.`flight_number`,
                            `$$T_SOURCE`.`email_address`,
                            `$$T_SOURCE`.`departure_time`,
                            `$$T_SOURCE`.`arrival_time`,
                            `$$T_SOURCE`.`arrival_airport_code`,
                            `$$T_SOURCE`.`confirmation_code`,
                            `$$T_SOURCE`.`airline`,
                            `$$T_SOURCE`.`$rowtime`
                        FROM `flight_avro` $$T_SOURCE
                    ) $$T_PROJECT
                ) $$T_FILTER WHERE `$$T_FILTER`.`minutes` IS NOT NULL
            ) $$T_PROJECT
        ), DESCRIPTOR(`$rowtime`), INTERVAL '0 00:01:00.0' DAY TO SECOND(3))
    ) $$T_WIN_AGG GROUP BY window_start, window_end, `$$T_WIN_AGG`.`email_address`
) $$T_PROJECT
