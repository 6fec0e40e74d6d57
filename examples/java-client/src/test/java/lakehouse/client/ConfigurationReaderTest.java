package lakehouse.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {
  private final Published published = Published.everything();

  @Test
  @DisplayName("K-09: the eleventh parameter does not disappear")
  void paginates() {
    Map<String, String> expected = new HashMap<>();
    for (int number = 1; number <= 21; number++) {
      expected.put("setting." + number, String.valueOf(number));
      published.parameter("many/setting." + number, String.valueOf(number));
    }
    String path = Published.DEPLOYMENT.path("many");
    assertEquals(expected, published.reader().readParameters(path));
    // What the seed's client did: one page holds ten.
    assertEquals(
        10, published.ssm().getParametersByPath(request -> request.path(path)).parameters().size());
  }

  @Test
  @DisplayName("K-09: a comma stays")
  void keepsCommas() {
    published.parameter("servers/bootstrap", "a:9092,b:9092");
    assertEquals(
        Map.of("bootstrap", "a:9092,b:9092"),
        published.reader().readParameters(Published.DEPLOYMENT.path("servers")));
  }

  @Test
  @DisplayName("K-10: a producer has the published settings and no others")
  void producer() {
    assertEquals(
        Map.of(
            "acks", "all",
            "bootstrap.servers", "pkc-1.example.com:9092",
            "sasl.jaas.config", Published.LOGIN,
            "schema.registry.url", "https://psrc-1.example.com",
            "basic.auth.credentials.source", "USER_INFO",
            "basic.auth.user.info", "KEY:s3cr3t"),
        published.reader().producer().settings());
  }

  @Test
  void aConsumerHasAGroup() {
    Map<String, String> settings = published.reader().consumer(Optional.empty()).settings();
    assertEquals("lakehouse-test-example", settings.get("group.id"));
    assertEquals("earliest", settings.get("auto.offset.reset"));
  }

  @Test
  void aGroupThatTheConsumerMayNotUseIsRefused() {
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class, () -> published.reader().consumer(Optional.of("billing")));
    assertEquals(
        "the consumer group must begin with lakehouse-test, which is what the consumer may use, got billing",
        refusal.getMessage());
  }

  @Test
  void whatIsMissingIsNamed() {
    ConfigurationReader reader = new Published().reader();
    assertTrue(
        assertThrows(ConfigurationException.class, reader::producer)
            .getMessage()
            .startsWith(
                "there is no parameter below /confluent_cloud_resource/lakehouse-test/producer_kafka_client: deploy"));
    assertTrue(
        assertThrows(ConfigurationException.class, () -> reader.readSecret("nothing"))
            .getMessage()
            .startsWith("the secret nothing has no value: deploy"));
  }

  @Test
  void aBrokenSecretIsNamedWithoutItsValue() {
    published.secret(List.of("broken"), "s3cr3t");
    String name = Published.DEPLOYMENT.path("broken");
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> published.reader().readSecret(name));
    assertFalse(refusal.getMessage().contains("s3cr3t"));
    assertEquals(null, refusal.getCause());
  }

  @Test
  void anUnchangedConfigurationIsEqualAndARotatedOneIsNot() {
    ClientConfiguration before = published.reader().producer();
    assertEquals(before, published.reader().producer());
    published.secret(
        List.of("kafka_cluster", "app_producer", "java_client"),
        "{\"sasl.jaas.config\":\"another\"}");
    assertNotEquals(before, published.reader().producer());
  }

  @Test
  void whatIsShownHoldsNoSecret() {
    String shown = published.reader().producer().toString();
    assertFalse(shown.contains("s3cr3t"));
    assertTrue(shown.contains("sasl.jaas.config=" + ClientConfiguration.MASK));
    assertTrue(shown.contains("basic.auth.user.info=" + ClientConfiguration.MASK));
  }
}
