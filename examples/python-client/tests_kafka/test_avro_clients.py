import json
import random
import unittest
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock, patch

from confluent_kafka import KafkaError, Producer
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.serialization import MessageField, SerializationContext, SerializationError

from lakehouse_client.avro_clients import (
    DESERIALIZER,
    SERIALIZER,
    AvroConsumer,
    AvroProducer,
    KeyWatch,
    registry_refusals,
)
from lakehouse_client.configuration import ClientConfiguration, kafka_settings
from lakehouse_client.produce import flight
from lakehouse_client.refreshing import CredentialsRefusedError
from tests.published import CONSUMER, PRODUCER

SCHEMAS = Path(__file__).parents[3] / "pipelines" / "schemas"
KEY = {
    "bootstrap.servers": "127.0.0.1:1",
    "sasl.username": "KEY",
    "sasl.password": "secret",
}
REGISTRY = {"url": "http://127.0.0.1:1", "basic.auth.user.info": "KEY:secret"}


class TheConfiguration(unittest.TestCase):
    """librdkafka refuses a setting that it does not know."""

    def test_makes_a_producer(self) -> None:
        kafka = {**kafka_settings(PRODUCER, "producer"), **KEY}
        AvroProducer(ClientConfiguration(kafka, REGISTRY), "skyone_avro").close()

    def test_makes_a_consumer(self) -> None:
        kafka = {**kafka_settings(CONSUMER, "consumer"), **KEY, "group.id": "lakehouse-test"}
        AvroConsumer(ClientConfiguration(kafka, REGISTRY), "flight_avro").close()

    def test_is_needed_under_these_names(self) -> None:
        with self.assertRaisesRegex(Exception, "basic.auth.credentials.source"):
            Producer(dict(CONSUMER))


class ARefusedKey(unittest.TestCase):
    def test_is_what_librdkafka_reports(self) -> None:
        watch = KeyWatch()
        watch.check()
        watch(KafkaError(KafkaError._ALL_BROKERS_DOWN))
        watch.check()
        watch(KafkaError(KafkaError._AUTHENTICATION, "SASL authentication error"))
        with self.assertRaisesRegex(CredentialsRefusedError, "SASL authentication error"):
            watch.check()

    def test_is_a_401_of_the_registry_however_deep(self) -> None:
        refusal = SchemaRegistryError(401, 40101, "Unauthorized")
        with self.assertRaises(CredentialsRefusedError), registry_refusals():
            raise refusal
        with self.assertRaises(CredentialsRefusedError), registry_refusals():
            raise SerializationError("cannot look up") from refusal

    def test_is_no_other_answer_of_the_registry(self) -> None:
        with self.assertRaises(SchemaRegistryError), registry_refusals():
            raise SchemaRegistryError(404, 40401, "Subject not found")


class AConsumer(unittest.TestCase):
    def setUp(self) -> None:
        library = patch("lakehouse_client.avro_clients.Consumer")
        self.kafka = library.start().return_value
        self.addCleanup(library.stop)
        self.registry = SchemaRegistryClient.new_client({"url": "mock://"})
        self.registry.register_schema("trades-value", Schema('"string"', "AVRO"))
        with patch("lakehouse_client.avro_clients.SchemaRegistryClient") as client:
            client.return_value = self.registry
            self.consumer = AvroConsumer(ClientConfiguration({}, {}), "trades")

    def message(self, text: str) -> Mock:
        context = SerializationContext("trades", MessageField.VALUE)
        value = AvroSerializer(self.registry, conf=SERIALIZER)(text, context)
        return Mock(value=lambda: value, error=lambda: None)

    def test_stores_a_records_offset_when_the_next_one_is_asked_for(self) -> None:
        first, second = self.message("one"), self.message("two")
        self.kafka.poll.side_effect = [first, second]
        self.assertEqual(self.consumer.receive(), "one")
        self.kafka.store_offsets.assert_not_called()
        self.assertEqual(self.consumer.receive(), "two")
        self.kafka.store_offsets.assert_called_once_with(message=first)

    def test_does_not_lose_the_record_whose_schema_it_may_not_read(self) -> None:
        self.kafka.poll.side_effect = [self.message("one"), None]
        refusal = SchemaRegistryError(401, 40101, "Unauthorized")
        with (
            patch.object(self.consumer, "_deserialize", side_effect=refusal),
            self.assertRaises(CredentialsRefusedError),
        ):
            self.consumer.receive()
        self.assertIsNone(self.consumer.receive())
        self.consumer.close()
        self.kafka.store_offsets.assert_not_called()
        self.kafka.close.assert_called_once_with()

    def test_says_what_cannot_be_read(self) -> None:
        error = KafkaError(KafkaError.TOPIC_AUTHORIZATION_FAILED, "no role")
        self.kafka.poll.return_value = Mock(error=lambda: error)
        with self.assertRaisesRegex(RuntimeError, "trades cannot be read: no role"):
            self.consumer.receive()


class ASampleFlight(unittest.TestCase):
    def test_fits_the_committed_schema(self) -> None:
        fields = {
            field["name"]
            for field in json.loads((SCHEMAS / "airline.avsc").read_text(encoding="utf8"))["fields"]
        }
        record = flight("SK", datetime(2026, 1, 1, tzinfo=UTC), random.Random(1))
        self.assertEqual(set(record), fields)

    def test_is_written_with_the_registered_schema_and_read_back(self) -> None:
        text = (SCHEMAS / "airline.avsc").read_text(encoding="utf8")
        registry = SchemaRegistryClient.new_client({"url": "mock://"})
        registry.register_schema("skyone_avro-value", Schema(text, "AVRO"))
        record = flight("SK", datetime(2026, 1, 1, tzinfo=UTC), random.Random(1))
        context = SerializationContext("skyone_avro", MessageField.VALUE)
        value = AvroSerializer(registry, conf=SERIALIZER)(record, context)
        self.assertEqual(AvroDeserializer(registry, conf=DESERIALIZER)(value, context), record)

    def test_is_not_written_where_no_schema_is_registered(self) -> None:
        registry = SchemaRegistryClient.new_client({"url": "mock://"})
        serialize = AvroSerializer(registry, conf=SERIALIZER)
        with self.assertRaises((SchemaRegistryError, SerializationError)):
            serialize({}, SerializationContext("skyone_avro", MessageField.VALUE))
