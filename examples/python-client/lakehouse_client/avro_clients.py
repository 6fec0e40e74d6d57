"""Producers and consumers of Avro records, made of a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer
from confluent_kafka.schema_registry import SchemaRegistryClient, topic_subject_name_strategy
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.serialization import MessageField, SerializationContext, SerializationError

from .configuration import ClientConfiguration
from .refreshing import CredentialsRefusedError

# Subjects are named after topics; a client has no role with which to ask for other associations.
DESERIALIZER = {"subject.name.strategy": topic_subject_name_strategy}

# Terraform owns the schemas: a client uses what is registered and never registers its own.
SERIALIZER = {**DESERIALIZER, "auto.register.schemas": False, "use.latest.version": True}


class KeyWatch:
    """Listens to librdkafka, which reports a refused key to a callback and tries on for ever."""

    def __init__(self) -> None:
        """Nothing was refused yet."""
        self._refusal: KafkaError | None = None

    def __call__(self, error: KafkaError) -> None:
        """Called by librdkafka, in poll or flush."""
        if error.code() == KafkaError._AUTHENTICATION:
            self._refusal = error

    def check(self) -> None:
        """Raises CredentialsRefusedError once the key was refused."""
        if self._refusal is not None:
            raise CredentialsRefusedError(self._refusal.str())


class AvroProducer:
    """Writes records with the schema that the registry has for the topic."""

    def __init__(self, configuration: ClientConfiguration, topic: str) -> None:
        """Connects in the background."""
        self._watch = KeyWatch()
        self._topic = topic
        self._producer = Producer({**configuration.kafka, "error_cb": self._watch})
        registry = SchemaRegistryClient(dict(configuration.schema_registry))
        self._serialize = AvroSerializer(registry, conf=SERIALIZER)

    def send(self, record: dict[str, Any], *, timeout: float = 30.0) -> None:
        """Writes one record and waits until it is stored.

        Raises:
            CredentialsRefusedError: When the cluster or the registry refuses the key.
            TimeoutError: When it is not stored in time for another reason.
        """
        context = SerializationContext(self._topic, MessageField.VALUE)
        with registry_refusals():
            value = self._serialize(record, context)
        failures: list[KafkaError] = []
        self._producer.produce(
            self._topic, value, on_delivery=lambda error, _: error and failures.append(error)
        )
        waited = 0.0
        while self._producer.flush(0.5) > 0:
            self._watch.check()
            waited += 0.5
            if waited >= timeout:
                raise TimeoutError(f"{self._topic} did not take a record in {timeout} seconds")
        if failures:
            raise RuntimeError(f"{self._topic} refused a record: {failures[0].str()}")

    def close(self) -> None:
        """Gives up what is not sent yet: its sender still has it, and sends it again."""
        self._producer.purge()


class AvroConsumer:
    """Reads records with the schema they were written with."""

    def __init__(self, configuration: ClientConfiguration, topic: str) -> None:
        """Joins the group in the background."""
        self._watch = KeyWatch()
        self._topic = topic
        # Whoever closes commits what is stored, and what is stored has been processed.
        settings = {**configuration.kafka, "enable.auto.offset.store": False}
        self._consumer = Consumer({**settings, "error_cb": self._watch})
        self._handed_out: Message | None = None
        self._consumer.subscribe([topic])
        registry = SchemaRegistryClient(dict(configuration.schema_registry))
        self._deserialize = AvroDeserializer(registry, conf=DESERIALIZER)

    def receive(self, *, timeout: float = 1.0) -> dict[str, Any] | None:
        """The next record, or None when there is none in time; the one before counts as processed.

        Raises:
            CredentialsRefusedError: When the cluster or the registry refuses the key.
        """
        if self._handed_out is not None:
            self._store(self._handed_out)
            self._handed_out = None
        message = self._consumer.poll(timeout)
        self._watch.check()
        if message is None:
            return None
        if message.error() is not None:
            raise RuntimeError(f"{self._topic} cannot be read: {message.error().str()}")
        context = SerializationContext(self._topic, MessageField.VALUE)
        with registry_refusals():
            record: dict[str, Any] = self._deserialize(message.value(), context)
        self._handed_out = message
        return record

    def _store(self, message: Message) -> None:
        try:
            self._consumer.store_offsets(message=message)
        except KafkaException as error:
            # The group has given the partition to another consumer meanwhile: he will read the
            # record again.
            if error.args[0].code() != KafkaError._STATE:
                raise

    def close(self) -> None:
        """Leaves the group, after committing what was processed."""
        self._consumer.close()


@contextmanager
def registry_refusals() -> Iterator[None]:
    """Tells a refused registry key from other errors of the registry."""
    try:
        yield
    except (SchemaRegistryError, SerializationError) as error:
        cause: BaseException | None = error
        while cause is not None:
            if getattr(cause, "http_status_code", None) == 401:
                raise CredentialsRefusedError(str(error)) from error
            cause = cause.__cause__
        raise
