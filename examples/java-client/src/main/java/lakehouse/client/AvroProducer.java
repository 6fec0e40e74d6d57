package lakehouse.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records with the schema that the registry has for the topic. */
public final class AvroProducer implements AutoCloseable {
  /** Terraform owns the schemas: a client uses what is registered and never registers its own. */
  static final Map<String, Object> SERIALIZERS =
      Map.of(
          "key.serializer", ByteArraySerializer.class.getName(),
          "value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer",
          "auto.register.schemas", false,
          "use.latest.version", true);

  private final Producer<byte[], GenericRecord> producer;
  private final String topic;

  public AvroProducer(ClientConfiguration configuration, String topic) {
    this(new KafkaProducer<>(properties(configuration)), topic);
  }

  AvroProducer(Producer<byte[], GenericRecord> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  static Map<String, Object> properties(ClientConfiguration configuration) {
    Map<String, Object> properties = new HashMap<>(configuration.settings());
    properties.putAll(SERIALIZERS);
    return properties;
  }

  /**
   * Writes one record and waits until it is stored.
   *
   * @throws CredentialsRefusedException when the cluster or the registry refuses the key
   */
  public void send(GenericRecord value) {
    try {
      producer.send(new ProducerRecord<>(topic, value)).get();
    } catch (ExecutionException failure) {
      throw Refusals.classify(new KafkaException(failure.getCause()));
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new KafkaException(interruption);
    } catch (RuntimeException failure) {
      throw Refusals.classify(failure);
    }
  }

  /** Gives up what is not sent yet: its sender still has it, and sends it again. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
