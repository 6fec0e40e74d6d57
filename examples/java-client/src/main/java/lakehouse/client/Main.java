package lakehouse.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** {@code configuration | produce <topic> <schema file> <count> | consume <topic>}, after system and environment. */
public final class Main {
  private static final String USAGE =
      "usage: <system> <environment> configuration | produce <topic> <schema file> <count> | consume <topic>";

  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length < 3) {
      throw new IllegalArgumentException(USAGE);
    }
    Deployment deployment = new Deployment(arguments[0], arguments[1]);
    List<String> rest = List.of(arguments).subList(3, arguments.length);
    try (SsmClient parameters = SsmClient.create();
        SecretsManagerClient secrets = SecretsManagerClient.create()) {
      ConfigurationReader reader = new ConfigurationReader(parameters, secrets, deployment);
      switch (arguments[2] + rest.size()) {
        case "configuration0" -> show(reader);
        case "produce3" -> produce(reader, rest);
        case "consume1" -> consume(reader, rest.get(0));
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
  }

  private static void show(ConfigurationReader reader) {
    System.out.println("producer: " + reader.producer());
    System.out.println("consumer: " + reader.consumer(Optional.empty()));
  }

  private static void produce(ConfigurationReader reader, List<String> arguments) {
    String topic = arguments.get(0);
    SampleFlights flights =
        new SampleFlights(
            parse(Path.of(arguments.get(1))),
            topic.substring(0, 2).toUpperCase(Locale.ROOT),
            RandomGenerator.getDefault());
    try (Refreshing<ClientConfiguration, AvroProducer> producer =
        new Refreshing<>(reader::producer, found -> new AvroProducer(found, topic))) {
      for (int count = Integer.parseInt(arguments.get(2)); count > 0; count--) {
        GenericRecord flight = flights.next(OffsetDateTime.now(ZoneOffset.UTC));
        producer.use(
            client -> {
              client.send(flight);
              return flight;
            });
        System.out.println(flight.get("confirmation_code"));
      }
    }
  }

  private static void consume(ConfigurationReader reader, String topic) {
    try (Refreshing<ClientConfiguration, AvroConsumer> consumer =
        new Refreshing<>(
            () -> reader.consumer(Optional.empty()), found -> new AvroConsumer(found, topic))) {
      while (!Thread.currentThread().isInterrupted()) {
        consumer.use(client -> client.receive(Duration.ofSeconds(1))).forEach(System.out::println);
      }
    }
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
