package lakehouse.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps one client, and replaces it when its credentials are refused.
 *
 * <p>Keys are rotated by publishing a new one while the old one still works, so whoever reads the secret again has a key
 * that works. It is read at most once a period: a key that is refused for another reason does not become many requests.
 *
 * @param <C> what a client is made of
 * @param <T> the client
 */
public final class Refreshing<C, T extends AutoCloseable> implements AutoCloseable {
  /** Time between two refreshes at least. */
  public static final Duration PERIOD = Duration.ofMinutes(1);

  private final Supplier<C> load;
  private final Function<C, T> build;
  private final Clock clock;
  private Optional<Instant> refreshedAt = Optional.empty();
  private C configuration;
  private T client;

  /** Builds the first client. */
  public Refreshing(Supplier<C> load, Function<C, T> build) {
    this(load, build, Clock.systemUTC());
  }

  Refreshing(Supplier<C> load, Function<C, T> build, Clock clock) {
    this.load = load;
    this.build = build;
    this.clock = clock;
    this.configuration = load.get();
    this.client = build.apply(configuration);
  }

  /**
   * Does something with the client, once more with a new one when the first is refused.
   *
   * @throws CredentialsRefusedException when a new client is refused as well, nothing newer is published, or the last
   *     refresh is less than a period ago
   */
  public <R> R use(Function<T, R> action) {
    try {
      return action.apply(client);
    } catch (CredentialsRefusedException refusal) {
      if (!refresh()) {
        throw refusal;
      }
      return action.apply(client);
    }
  }

  @Override
  public void close() {
    closeClient();
  }

  private boolean refresh() {
    Instant now = clock.instant();
    if (refreshedAt.isPresent() && now.isBefore(refreshedAt.get().plus(PERIOD))) {
      return false;
    }
    refreshedAt = Optional.of(now);
    C loaded = load.get();
    if (loaded.equals(configuration)) {
      return false;
    }
    closeClient();
    configuration = loaded;
    client = build.apply(loaded);
    return true;
  }

  private void closeClient() {
    try {
      client.close();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
