package lakehouse.client;

/** What a client does; each role has an identity and settings of its own. */
public enum Role {
  PRODUCER("producer"),
  CONSUMER("consumer");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** Last part of the path of the role's settings. */
  public String settings() {
    return word + "_kafka_client";
  }

  /** The identity in the paths of its secrets. */
  public String identity() {
    return "app_" + word;
  }
}
