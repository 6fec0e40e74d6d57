package lakehouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class AvroClientsTest {
  private static final TopicPartition PARTITION = new TopicPartition("flights", 0);

  private final GenericRecord flight = sample();

  @Test
  void aProducerWaitsUntilARecordIsStored() {
    MockProducer<byte[], GenericRecord> kafka = kafka();
    new AvroProducer(kafka, "flights").send(flight);
    assertSame(flight, kafka.history().get(0).value());
  }

  @Test
  void aRefusedKeyIsToldFromOtherFailures() {
    MockProducer<byte[], GenericRecord> kafka = kafka();
    AvroProducer producer = new AvroProducer(kafka, "flights");
    kafka.sendException = new SaslAuthenticationException("unknown key");
    assertThrows(CredentialsRefusedException.class, () -> producer.send(flight));
    kafka.sendException = new TopicAuthorizationException("flights");
    assertThrows(TopicAuthorizationException.class, () -> producer.send(flight));
  }

  @Test
  void aConsumerReceivesRecords() {
    MockConsumer<byte[], GenericRecord> kafka = subscribed();
    AvroConsumer consumer = new AvroConsumer(kafka, "flights");
    kafka.rebalance(List.of(PARTITION));
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    kafka.addRecord(new ConsumerRecord<>("flights", 0, 0, null, flight));
    assertEquals(List.of(flight), consumer.receive(Duration.ZERO));
  }

  @Test
  void aConsumerTellsARefusedKey() {
    MockConsumer<byte[], GenericRecord> kafka = subscribed();
    AvroConsumer consumer = new AvroConsumer(kafka, "flights");
    kafka.setPollException(new SaslAuthenticationException("unknown key"));
    assertThrows(CredentialsRefusedException.class, () -> consumer.receive(Duration.ZERO));
  }

  @Test
  void aRegistryRefusesAKeyWithAnUnauthorizedRequest() {
    RuntimeException refused =
        new SerializationException("lookup", new IOException("Unauthorized; error code: 401"));
    RuntimeException missing =
        new SerializationException("lookup", new IOException("No subject; error code: 40401"));
    assertInstanceOf(CredentialsRefusedException.class, Refusals.classify(refused));
    assertSame(missing, Refusals.classify(missing));
  }

  @Test
  void theSettingsAreThoseOfTheDeploymentAndTheSerializers() {
    ConfigurationReader reader = Published.everything().reader();
    var producer = AvroProducer.properties(reader.producer());
    assertEquals("all", producer.get(ProducerConfig.ACKS_CONFIG));
    assertEquals(false, producer.get("auto.register.schemas"));
    assertEquals(true, producer.get("use.latest.version"));
    var consumer = AvroConsumer.properties(reader.consumer(Optional.empty()));
    assertEquals("earliest", consumer.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
    assertEquals(
        "io.confluent.kafka.serializers.KafkaAvroDeserializer",
        consumer.get(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG));
  }

  @Test
  void aSampleFlightFitsTheCommittedSchema() {
    assertTrue(GenericData.get().validate(flight.getSchema(), flight));
  }

  private static MockProducer<byte[], GenericRecord> kafka() {
    return new MockProducer<>(
        true, null, new ByteArraySerializer(), (topic, value) -> value.toString().getBytes(UTF_8));
  }

  private static MockConsumer<byte[], GenericRecord> subscribed() {
    return new MockConsumer<>(OffsetResetStrategy.EARLIEST);
  }

  private static GenericRecord sample() {
    try {
      Path file = Path.of("..", "..", "pipelines", "schemas", "airline.avsc");
      Schema schema = new Schema.Parser().parse(file.toFile());
      return new SampleFlights(schema, "SK", new Random(1))
          .next(OffsetDateTime.parse("2026-01-01T00:00:00Z"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
