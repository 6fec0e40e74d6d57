package lakehouse.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads records with the schema they were written with. */
public final class AvroConsumer implements AutoCloseable {
  private static final Map<String, Object> DESERIALIZERS =
      Map.of(
          "key.deserializer", ByteArrayDeserializer.class.getName(),
          "value.deserializer", "io.confluent.kafka.serializers.KafkaAvroDeserializer");

  private final Consumer<byte[], GenericRecord> consumer;

  public AvroConsumer(ClientConfiguration configuration, String topic) {
    this(new KafkaConsumer<>(properties(configuration)), topic);
  }

  AvroConsumer(Consumer<byte[], GenericRecord> consumer, String topic) {
    this.consumer = consumer;
    consumer.subscribe(List.of(topic));
  }

  static Map<String, Object> properties(ClientConfiguration configuration) {
    Map<String, Object> properties = new HashMap<>(configuration.settings());
    properties.putAll(DESERIALIZERS);
    return properties;
  }

  /**
   * The next records; none when there are none in time.
   *
   * @throws CredentialsRefusedException when the cluster or the registry refuses the key
   */
  public List<GenericRecord> receive(Duration timeout) {
    try {
      List<GenericRecord> values = new ArrayList<>();
      consumer.poll(timeout).forEach(received -> values.add(received.value()));
      return values;
    } catch (RuntimeException failure) {
      throw Refusals.classify(failure);
    }
  }

  /** Leaves the group, after committing what was read. */
  @Override
  public void close() {
    consumer.close();
  }
}
