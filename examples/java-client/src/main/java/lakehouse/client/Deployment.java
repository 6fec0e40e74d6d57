package lakehouse.client;

import java.util.List;

/**
 * Which deployment to use: the names that its resources begin with.
 *
 * @param system such as {@code lakehouse}
 * @param environment such as {@code dev}
 */
public record Deployment(String system, String environment) {

  /** The beginning of the deployment's names, such as {@code lakehouse-dev}. */
  public String base() {
    return system + "-" + environment;
  }

  /** A path in Secrets Manager or Parameter Store. */
  public String path(String... parts) {
    return "/confluent_cloud_resource/" + base() + "/" + String.join("/", List.of(parts));
  }
}
