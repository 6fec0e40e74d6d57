package lakehouse.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;

class RefreshingTest {
  private final MovedClock clock = new MovedClock();
  private final List<String> closed = new ArrayList<>();
  private String publishedKey = "key1";
  private Set<String> working = Set.of("key1");
  private int loads = 0;
  private final Refreshing<String, Client> client =
      new Refreshing<>(this::load, Client::new, clock);

  @Test
  void readsItsKeyOnceWhileItWorks() {
    assertEquals("done with key1", client.use(Client::call));
    assertEquals("done with key1", client.use(Client::call));
    assertEquals(1, loads);
  }

  @Test
  void readsItAgainWhenItIsRefusedAndDoesWhatItWasDoing() {
    rotate("key2");
    assertEquals("done with key2", client.use(Client::call));
    assertEquals("done with key2", client.use(Client::call));
    assertEquals(2, loads);
    assertEquals(List.of("key1"), closed);
  }

  @Test
  void givesUpWhenNothingNewerIsPublished() {
    working = Set.of();
    assertThrows(CredentialsRefusedException.class, () -> client.use(Client::call));
    assertEquals(List.of(), closed);
  }

  @Test
  void givesUpWhenTheNewOneIsRefusedToo() {
    publishedKey = "key2";
    working = Set.of();
    assertThrows(CredentialsRefusedException.class, () -> client.use(Client::call));
    assertEquals(2, loads);
  }

  @Test
  void readsAtMostOnceAPeriod() {
    working = Set.of();
    int[][] steps = {{0, 2}, {59, 2}, {60, 3}, {119, 3}, {120, 4}};
    for (int[] step : steps) {
      clock.now = Instant.EPOCH.plusSeconds(step[0]);
      assertThrows(CredentialsRefusedException.class, () -> client.use(Client::call));
      assertEquals(step[1], loads);
    }
    assertEquals(Duration.ofSeconds(60), Refreshing.PERIOD);
  }

  @Test
  void anotherErrorIsNotAboutTheKey() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            client.use(
                found -> {
                  throw new IllegalArgumentException("bad record");
                }));
    assertEquals(1, loads);
  }

  @Test
  void closesTheClientThatItHas() {
    rotate("key2");
    client.use(Client::call);
    client.close();
    assertEquals(List.of("key1", "key2"), closed);
  }

  private String load() {
    loads++;
    return publishedKey;
  }

  private void rotate(String key) {
    publishedKey = key;
    working = Set.of(key);
  }

  private final class Client implements AutoCloseable {
    private final String key;

    Client(String key) {
      this.key = key;
    }

    String call() {
      if (!working.contains(key)) {
        throw new CredentialsRefusedException(new SaslAuthenticationException(key));
      }
      return "done with " + key;
    }

    @Override
    public void close() {
      closed.add(key);
    }
  }

  private static final class MovedClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
