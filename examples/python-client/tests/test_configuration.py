import io
import json
import os
import unittest
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws

from lakehouse_client.configuration import (
    MASK,
    ConfigurationError,
    Deployment,
    load,
    main,
    read_parameters,
    read_secret,
)

from .published import (
    CONSUMER,
    DEPLOYMENT,
    PRODUCER,
    SECRET,
    publish,
    publish_parameters,
    publish_secrets,
)

AWS = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
}


class MockedAws(unittest.TestCase):
    def setUp(self) -> None:
        environment = patch.dict(os.environ, AWS, clear=True)
        environment.start()
        self.addCleanup(environment.stop)
        aws = mock_aws()
        aws.start()
        self.addCleanup(aws.stop)


class Parameters(MockedAws):
    def test_k_09_the_eleventh_parameter_does_not_disappear(self) -> None:
        eleven = {**CONSUMER, "zz.last": "here"}
        publish_parameters("consumer_kafka_client", eleven)
        path = DEPLOYMENT.path("consumer_kafka_client")
        ssm = boto3.client("ssm")
        self.assertEqual(read_parameters(ssm, path), eleven)
        # What the starter kit's client did: one page holds ten.
        self.assertEqual(len(ssm.get_parameters_by_path(Path=path)["Parameters"]), 10)

    def test_k_09_a_comma_stays(self) -> None:
        publish_parameters("consumer_kafka_client", {"bootstrap": "a:9092,b:9092"})
        found = read_parameters(boto3.client("ssm"), DEPLOYMENT.path("consumer_kafka_client"))
        self.assertEqual(found, {"bootstrap": "a:9092,b:9092"})

    def test_parameters_of_others_are_left_out(self) -> None:
        publish_parameters("consumer_kafka_client", {"a": "1"})
        publish_parameters("consumer_kafka_client_of_somebody", {"b": "2"})
        found = read_parameters(boto3.client("ssm"), DEPLOYMENT.path("consumer_kafka_client"))
        self.assertEqual(found, {"a": "1"})

    def test_fails_when_there_is_none(self) -> None:
        with self.assertRaisesRegex(ConfigurationError, "there is no parameter below /nothing: "):
            read_parameters(boto3.client("ssm"), "/nothing")


class Secrets(MockedAws):
    def test_fails_when_there_is_none(self) -> None:
        with self.assertRaisesRegex(ConfigurationError, "the secret nothing has no value: "):
            read_secret(boto3.client("secretsmanager"), "nothing")

    def test_fails_when_it_is_empty(self) -> None:
        client = boto3.client("secretsmanager")
        client.create_secret(Name="empty")
        with self.assertRaisesRegex(ConfigurationError, "the secret empty has no value: "):
            read_secret(client, "empty")

    def test_another_error_is_shown_as_it_is(self) -> None:
        client = boto3.client("secretsmanager")
        denied = ClientError({"Error": {"Code": "AccessDeniedException"}}, "GetSecretValue")
        with (
            patch.object(client, "get_secret_value", side_effect=denied),
            self.assertRaises(ClientError) as caught,
        ):
            read_secret(client, "forbidden")
        self.assertIs(caught.exception, denied)


class Configurations(MockedAws):
    def setUp(self) -> None:
        super().setUp()
        publish()

    def test_a_producer_has_the_published_settings_and_no_others(self) -> None:
        self.assertEqual(
            load(DEPLOYMENT, "producer").kafka,
            {
                **PRODUCER,
                "bootstrap.servers": "pkc-1.example.com:9092",
                "sasl.username": "KEY1",
                "sasl.password": SECRET,
            },
        )

    def test_a_consumer_has_them_under_the_names_of_librdkafka(self) -> None:
        self.assertEqual(
            load(DEPLOYMENT, "consumer").kafka,
            {
                "auto.commit.interval.ms": "1000",
                "auto.offset.reset": "earliest",
                "client.dns.lookup": "use_all_dns_ips",
                "enable.auto.commit": "true",
                "max.poll.interval.ms": "300000",
                "socket.timeout.ms": "60000",
                "sasl.mechanism": "PLAIN",
                "security.protocol": "SASL_SSL",
                "session.timeout.ms": "90000",
                "bootstrap.servers": "pkc-1.example.com:9092",
                "sasl.username": "KEY1",
                "sasl.password": SECRET,
                "group.id": "lakehouse-test-example",
            },
        )

    def test_a_registry_client_has_its_url_and_key(self) -> None:
        self.assertEqual(
            load(DEPLOYMENT, "consumer").schema_registry,
            {"url": "https://psrc-1.example.com", "basic.auth.user.info": f"KEY1:{SECRET}"},
        )

    def test_a_group_may_be_chosen(self) -> None:
        configuration = load(DEPLOYMENT, "consumer", group="lakehouse-test-billing")
        self.assertEqual(configuration.kafka["group.id"], "lakehouse-test-billing")

    def test_fails_for_a_group_that_the_consumer_may_not_use(self) -> None:
        with self.assertRaisesRegex(
            ConfigurationError, "must begin with lakehouse-test, .*, got x"
        ):
            load(DEPLOYMENT, "consumer", group="x")

    def test_a_rotated_key_is_read(self) -> None:
        before = load(DEPLOYMENT, "producer")
        publish_secrets("producer", "KEY2")
        self.assertEqual(load(DEPLOYMENT, "producer").kafka["sasl.username"], "KEY2")
        self.assertNotEqual(load(DEPLOYMENT, "producer"), before)

    def test_an_unchanged_configuration_is_equal(self) -> None:
        self.assertEqual(load(DEPLOYMENT, "producer"), load(DEPLOYMENT, "producer"))

    def test_what_is_shown_holds_no_secret(self) -> None:
        shown = load(DEPLOYMENT, "consumer").masked()
        self.assertEqual(shown["kafka"]["sasl.password"], MASK)
        self.assertEqual(shown["schema.registry"]["basic.auth.user.info"], MASK)
        self.assertEqual(shown["kafka"]["sasl.username"], "KEY1")
        self.assertNotIn(SECRET, json.dumps(shown))


class Program(MockedAws):
    def run_main(self, *argv: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(argv)
        return code, out.getvalue(), err.getvalue()

    def test_prints_both_configurations_with_secrets_masked(self) -> None:
        publish()
        code, out, err = self.run_main("--environment", "test", "--system", "lakehouse")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(
            json.loads(out),
            {role: load(DEPLOYMENT, role).masked() for role in ("producer", "consumer")},
        )
        self.assertNotIn(SECRET, out)

    def test_says_in_a_sentence_what_is_missing(self) -> None:
        code, out, err = self.run_main("--environment", "other")
        self.assertEqual((code, out), (1, ""))
        self.assertRegex(
            err, "^there is no parameter below /confluent_cloud_resource/lakehouse-other/"
        )
        self.assertEqual(err.count("\n"), 1)


class Names(unittest.TestCase):
    def test_a_path_begins_with_a_slash(self) -> None:
        self.assertEqual(Deployment("a", "b").path("c"), "/confluent_cloud_resource/a-b/c")
