package lakehouse.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;

/** A deployment's secrets and parameters, answered as AWS answers: ten parameters a page. */
final class Published {
  static final Deployment DEPLOYMENT = new Deployment("lakehouse", "test");
  static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"KEY\" password=\"s3cr3t\";";

  final Map<String, String> parameters = new HashMap<>();
  final Map<String, String> secrets = new HashMap<>();

  static Published everything() {
    Published published = new Published();
    published.parameter("consumer_kafka_client/auto.offset.reset", "earliest");
    published.parameter("consumer_kafka_client/basic.auth.credentials.source", "USER_INFO");
    published.parameter("producer_kafka_client/acks", "all");
    for (Role role : Role.values()) {
      published.secret(
          List.of("kafka_cluster", role.identity(), "java_client"),
          "{\"bootstrap.servers\":\"pkc-1.example.com:9092\",\"sasl.jaas.config\":\"%s\"}"
              .formatted(LOGIN.replace("\"", "\\\"")));
      published.secret(
          List.of("schema_registry_cluster", role.identity(), "java_client"),
          """
          {
            "schema.registry.url": "https://psrc-1.example.com",
            "schema.registry.basic.auth.credentials.source": "USER_INFO",
            "schema.registry.basic.auth.user.info": "KEY:s3cr3t"
          }
          """);
    }
    return published;
  }

  void parameter(String name, String value) {
    parameters.put(DEPLOYMENT.path(name), value);
  }

  void secret(List<String> parts, String value) {
    secrets.put(DEPLOYMENT.path(parts.toArray(String[]::new)), value);
  }

  ConfigurationReader reader() {
    return new ConfigurationReader(ssm(), secretsManager(), DEPLOYMENT);
  }

  SsmClient ssm() {
    return new SsmClient() {
      @Override
      public GetParametersByPathResponse getParametersByPath(GetParametersByPathRequest request) {
        List<Parameter> below = new ArrayList<>();
        parameters.forEach(
            (name, value) -> {
              if (name.startsWith(request.path() + "/")) {
                below.add(Parameter.builder().name(name).value(value).build());
              }
            });
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(from + 10, below.size());
        return GetParametersByPathResponse.builder()
            .parameters(below.subList(from, to))
            .nextToken(to < below.size() ? String.valueOf(to) : null)
            .build();
      }

      @Override
      public String serviceName() {
        return "ssm";
      }

      @Override
      public void close() {}
    };
  }

  private SecretsManagerClient secretsManager() {
    return new SecretsManagerClient() {
      @Override
      public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        if (!secrets.containsKey(request.secretId())) {
          throw ResourceNotFoundException.builder().message("no such secret").build();
        }
        return GetSecretValueResponse.builder()
            .secretString(secrets.get(request.secretId()))
            .build();
      }

      @Override
      public String serviceName() {
        return "secretsmanager";
      }

      @Override
      public void close() {}
    };
  }
}
