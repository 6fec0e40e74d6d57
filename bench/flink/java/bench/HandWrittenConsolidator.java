package bench;

import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.source.datagen.DataGeneratorSource;
import org.apache.flink.streaming.api.functions.source.datagen.RandomGenerator;

/** What the pipeline `flight_consolidator` does, as one would write it with the DataStream API. */
public final class HandWrittenConsolidator {

  /** A flight of any airline. */
  public static final class Flight {
    public String emailAddress;
    public String departureTime;
    public String departureAirportCode;
    public String arrivalTime;
    public String arrivalAirportCode;
    public String flightNumber;
    public String confirmationCode;
    public String airline;

    /** For Flink, which fills the fields. */
    public Flight() {}

    Flight(long number, String airline) {
      this.emailAddress = Long.toString(number);
      this.departureTime = Long.toString(number + 1);
      this.departureAirportCode = Long.toString(number + 2);
      this.arrivalTime = Long.toString(number + 3);
      this.arrivalAirportCode = Long.toString(number + 4);
      this.flightNumber = Long.toString(number + 5);
      this.confirmationCode = Long.toString(number + 6);
      this.airline = airline;
    }
  }

  private HandWrittenConsolidator() {}

  /**
   * Runs the job to its end.
   *
   * @param rows how many flights each of the two airlines has
   */
  public static void run(StreamExecutionEnvironment environment, long rows, long largest, long rowsPerSecond)
      throws Exception {
    TypeInformation<Flight> flight = TypeInformation.of(new TypeHint<Flight>() {});
    DataStream<Flight> skyOne =
        numbers(environment, rows, largest, rowsPerSecond).map(number -> new Flight(number, "SkyOne")).returns(flight);
    DataStream<Flight> sunset =
        numbers(environment, rows, largest, rowsPerSecond).map(number -> new Flight(number, "Sunset")).returns(flight);
    skyOne.union(sunset).sinkTo(new DiscardingSink<>());
    environment.execute("hand-written");
  }

  /** The source of SQL's connector `datagen`: what is compared is what is done with its rows. */
  private static DataStream<Long> numbers(
      StreamExecutionEnvironment environment, long rows, long largest, long rowsPerSecond) {
    return environment
        .addSource(
            new DataGeneratorSource<>(RandomGenerator.longGenerator(0, largest), rowsPerSecond, rows), "numbers")
        .returns(Types.LONG);
  }
}
