package lakehouse.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Reads what the deployment published: settings from Parameter Store, keys from Secrets Manager. */
public final class ConfigurationReader {
  private static final String NAMESPACE = "schema.registry.";
  private static final String REMEDY =
      ", or correct the system, the environment and the AWS account and region that are used";

  private final SsmClient parameters;
  private final SecretsManagerClient secrets;
  private final Deployment deployment;

  public ConfigurationReader(
      SsmClient parameters, SecretsManagerClient secrets, Deployment deployment) {
    this.parameters = parameters;
    this.secrets = secrets;
    this.deployment = deployment;
  }

  /** Reads a producer's configuration anew. */
  public ClientConfiguration producer() {
    return new ClientConfiguration(published(Role.PRODUCER));
  }

  /**
   * Reads a consumer's configuration anew.
   *
   * @param group the consumer group, or empty for one for examples
   * @throws ConfigurationException when something is not there, or the group does not begin with the deployment's
   *     base, which is what the consumer may use
   */
  public ClientConfiguration consumer(Optional<String> group) {
    String name = group.orElse(deployment.base() + "-example");
    if (!name.startsWith(deployment.base())) {
      throw new ConfigurationException(
          "the consumer group must begin with %s, which is what the consumer may use, got %s"
              .formatted(deployment.base(), name));
    }
    Map<String, String> settings = published(Role.CONSUMER);
    settings.put("group.id", name);
    return new ClientConfiguration(settings);
  }

  private Map<String, String> published(Role role) {
    Map<String, String> settings = readParameters(deployment.path(role.settings()));
    settings.putAll(readSecret(deployment.path("kafka_cluster", role.identity(), "java_client")));
    readSecret(deployment.path("schema_registry_cluster", role.identity(), "java_client"))
        .forEach((name, value) -> settings.put(serializerName(name), value));
    return settings;
  }

  /** The secret's names have a namespace that serializers take off all but one of their settings. */
  private static String serializerName(String name) {
    return name.startsWith(NAMESPACE + "basic.") ? name.substring(NAMESPACE.length()) : name;
  }

  /** Every parameter below a path by its last part, however many there are: a page holds ten. */
  Map<String, String> readParameters(String path) {
    Map<String, String> found = new HashMap<>();
    parameters
        .getParametersByPathPaginator(request -> request.path(path).withDecryption(true))
        .stream()
        .flatMap(page -> page.parameters().stream())
        .forEach(
            parameter ->
                found.put(parameter.name().substring(path.length() + 1), parameter.value()));
    if (found.isEmpty()) {
      throw new ConfigurationException(
          "there is no parameter below " + path + ": deploy streaming-platform" + REMEDY);
    }
    return found;
  }

  /** The fields of a secret's current value. */
  Map<String, String> readSecret(String name) {
    try {
      String value = secrets.getSecretValue(request -> request.secretId(name)).secretString();
      return new ObjectMapper().readValue(value, new TypeReference<>() {});
    } catch (ResourceNotFoundException missing) {
      throw new ConfigurationException(
          "the secret " + name + " has no value: deploy streaming-credentials" + REMEDY, missing);
    } catch (JsonProcessingException broken) {
      // Without the cause: its message holds the beginning of the value.
      throw new ConfigurationException(
          "the secret " + name + " holds no JSON object of texts: deploy streaming-credentials");
    }
  }
}
