package lakehouse.client;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A client's settings under the names of Kafka's and the registry's Java clients. Two are equal when a client made of
 * one is like a client made of the other.
 *
 * @param settings by name, secrets among them
 */
public record ClientConfiguration(Map<String, String> settings) {
  static final String MASK = "********";
  private static final Set<String> SECRETS = Set.of("sasl.jaas.config", "basic.auth.user.info");

  public ClientConfiguration {
    settings = Map.copyOf(settings);
  }

  /** The settings as they may be shown, in the order of their names. */
  public SortedMap<String, String> masked() {
    SortedMap<String, String> shown = new TreeMap<>(settings);
    shown.replaceAll((name, value) -> SECRETS.contains(name) ? MASK : value);
    return shown;
  }

  /** Masked: a configuration may end in a log. */
  @Override
  public String toString() {
    return masked().toString();
  }
}
