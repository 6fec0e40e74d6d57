INSERT INTO `flight_avro` (
    `email_address`,
    `departure_time`,
    `departure_airport_code`,
    `arrival_time`,
    `arrival_airport_code`,
    `flight_number`,
    `confirmation_code`,
    `airline`
)
SELECT
    `$$T_PROJECT`.`email_address`,
    `$$T_PROJECT`.`departure_time`,
    `$$T_PROJECT`.`departure_airport_code`,
    `$$T_PROJECT`.`arrival_time`,
    `$$T_PROJECT`.`arrival_airport_code`,
    `$$T_PROJECT`.`flight_number`,
    `$$T_PROJECT`.`confirmation_code`,
    `$$T_PROJECT`.`airline`
FROM (
    SELECT
        `email_address`,
        `departure_time`,
        `departure_airport_code`,
        `arrival_time`,
        `arrival_airport_code`,
        `flight_number`,
        `confirmation_code`,
        `airline`
    FROM (
        SELECT
            `$$T_PROJECT`.`email_address`,
            `$$T_PROJECT`.`departure_time`,
            `$$T_PROJECT`.`departure_airport_code`,
            `$$T_PROJECT`.`arrival_time`,
            `$$T_PROJECT`.`arrival_airport_code`,
            `$$T_PROJECT`.`flight_number`,
            `$$T_PROJECT`.`confirmation_code`,
            'SkyOne' AS `airline`
        FROM (
            SELECT
                `$$T_SOURCE`.`key`,
                `$$T_SOURCE`.`email_address`,
                `$$T_SOURCE`.`departure_time`,
                `$$T_SOURCE`.`departure_airport_code`,
                `$$T_SOURCE`.`arrival_time`,
                `$$T_SOURCE`.`arrival_airport_code`,
                `$$T_SOURCE`.`flight_duration`,
                `$$T_SOURCE`.`flight_number`,
                `$$T_SOURCE`.`confirmation_code`,
                `$$T_SOURCE`.`ticket_price`,
                `$$T_SOURCE`.`aircraft`,
                `$$T_SOURCE`.`booking_agency_email`,
                `$$T_SOURCE`.`$rowtime`
            FROM `skyone_avro` $$T_SOURCE
        ) $$T_PROJECT
    ) UNION ALL (
        SELECT
            `$$T_PROJECT`.`email_address`,
            `$$T_PROJECT`.`departure_time`,
            `$$T_PROJECT`.`departure_airport_code`,
            `$$T_PROJECT`.`arrival_time`,
            `$$T_PROJECT`.`arrival_airport_code`,
            `$$T_PROJECT`.`flight_number`,
            `$$T_PROJECT`.`confirmation_code`,
            'Sunset' AS `airline`
        FROM (
            SELECT
                `$$T_SOURCE`.`key`,
                `$$T_SOURCE`.`email_address`,
                `$$T_SOURCE`.`departure_time`,
                `$$T_SOURCE`.`departure_airport_code`,
                `$$T_SOURCE`.`arrival_time`,
                `$$T_SOURCE`.`arrival_airport_code`,
                `$$T_SOURCE`.`flight_duration`,
                `$$T_SOURCE`.`flight_number`,
                `$$T_SOURCE`.`confirmation_code`,
                `$$T_SOURCE`.`ticket_price`,
                `$$T_SOURCE`.`aircraft`,
                `$$T_SOURCE`.`booking_agency_email`,
                `$$T_SOURCE`.`$rowtime`
            FROM `sunset_avro` $$T_SOURCE
        ) $$T_PROJECT
    )
) $$T_PROJECT
