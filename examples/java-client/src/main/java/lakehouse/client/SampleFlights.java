package lakehouse.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Made-up bookings, as an airline's schema has them. */
final class SampleFlights {
  private static final List<String> AIRPORTS = List.of("AMS", "BLR", "CPH", "DEN", "GRU", "NRT");
  private static final List<String> AIRCRAFT = List.of("A320", "A350", "B737", "E195");

  private final Schema schema;
  private final String prefix;
  private final RandomGenerator chance;

  SampleFlights(Schema schema, String prefix, RandomGenerator chance) {
    this.schema = schema;
    this.prefix = prefix;
    this.chance = chance;
  }

  GenericRecord next(OffsetDateTime now) {
    int from = chance.nextInt(AIRPORTS.size());
    int to = (from + chance.nextInt(1, AIRPORTS.size())) % AIRPORTS.size();
    OffsetDateTime departure =
        now.truncatedTo(ChronoUnit.SECONDS).plusHours(chance.nextInt(1, 500));
    Duration duration = Duration.ofMinutes(chance.nextInt(45, 840));
    GenericRecord flight = new GenericData.Record(schema);
    flight.put("email_address", "passenger%d@example.com".formatted(chance.nextInt(1, 50)));
    flight.put("departure_time", departure.toString());
    flight.put("departure_airport_code", AIRPORTS.get(from));
    flight.put("arrival_time", departure.plus(duration).toString());
    flight.put("arrival_airport_code", AIRPORTS.get(to));
    flight.put("flight_duration", duration.toMinutes());
    flight.put("flight_number", prefix + chance.nextInt(1, 999));
    flight.put("confirmation_code", prefix + "%06X".formatted(chance.nextInt(1 << 24)));
    flight.put("ticket_price", price(BigDecimal.valueOf(chance.nextInt(5_000, 150_000), 2)));
    flight.put("aircraft", AIRCRAFT.get(chance.nextInt(AIRCRAFT.size())));
    flight.put("booking_agency_email", "agency%d@example.com".formatted(chance.nextInt(1, 9)));
    return flight;
  }

  private Object price(BigDecimal amount) {
    Schema type = schema.getField("ticket_price").schema();
    return new DecimalConversion().toBytes(amount, type, type.getLogicalType());
  }
}
