import unittest

from lakehouse_client.refreshing import CredentialsRefusedError, Refreshing


class World:
    """Keys that work, the one that is published, and what a client did."""

    def __init__(self) -> None:
        self.published = "key1"
        self.working = {"key1"}
        self.now = 0.0
        self.loads = 0
        self.closed: list[str] = []
        self.client = Refreshing(
            self.load, lambda key: key, self.closed.append, period=60, clock=lambda: self.now
        )

    def load(self) -> str:
        self.loads += 1
        return self.published

    def call(self, key: str) -> str:
        if key not in self.working:
            raise CredentialsRefusedError(f"{key} is not known")
        return f"done with {key}"

    def rotate(self, key: str) -> None:
        self.published = key
        self.working = {key}


class ARefreshingClient(unittest.TestCase):
    def test_reads_its_key_once_while_it_works(self) -> None:
        world = World()
        for _ in range(3):
            self.assertEqual(world.client.use(world.call), "done with key1")
        self.assertEqual(world.loads, 1)

    def test_reads_it_again_when_it_is_refused_and_does_what_it_was_doing(self) -> None:
        world = World()
        world.rotate("key2")
        self.assertEqual(world.client.use(world.call), "done with key2")
        self.assertEqual((world.loads, world.closed), (2, ["key1"]))

    def test_keeps_the_new_one(self) -> None:
        world = World()
        world.rotate("key2")
        world.client.use(world.call)
        world.client.use(world.call)
        self.assertEqual(world.loads, 2)

    def test_gives_up_when_nothing_newer_is_published(self) -> None:
        world = World()
        world.working = set()
        with self.assertRaisesRegex(CredentialsRefusedError, "key1 is not known"):
            world.client.use(world.call)
        self.assertEqual(world.closed, [])

    def test_gives_up_when_the_new_one_is_refused_too(self) -> None:
        world = World()
        world.published, world.working = "key2", set()
        with self.assertRaisesRegex(CredentialsRefusedError, "key2 is not known"):
            world.client.use(world.call)

    def test_reads_at_most_once_a_period(self) -> None:
        world = World()
        world.working = set()
        for now, loads in ((0.0, 2), (59.9, 2), (60.0, 3), (119.9, 3), (120.0, 4)):
            world.now = now
            with self.assertRaises(CredentialsRefusedError):
                world.client.use(world.call)
            self.assertEqual(world.loads, loads)

    def test_another_error_is_not_about_the_key(self) -> None:
        world = World()

        def fail(_key: str) -> None:
            raise ValueError("bad record")

        with self.assertRaisesRegex(ValueError, "bad record"):
            world.client.use(fail)
        self.assertEqual(world.loads, 1)

    def test_closes_the_client_that_it_has(self) -> None:
        world = World()
        world.rotate("key2")
        world.client.use(world.call)
        world.client.close()
        self.assertEqual(world.closed, ["key1", "key2"])
