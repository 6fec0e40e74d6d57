package lakehouse.client;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;

/** Tells a refused key from every other failure. */
final class Refusals {
  /** How the registry's client ends the message of an unauthorized request; its class is there only at run time. */
  private static final String UNAUTHORIZED = "; error code: 401";

  private Refusals() {}

  /** The same failure, as a refusal when that is what caused it. */
  static RuntimeException classify(RuntimeException failure) {
    boolean refused = causes(failure).anyMatch(Refusals::isRefusal);
    return refused ? new CredentialsRefusedException(failure) : failure;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private static boolean isRefusal(Throwable cause) {
    String message = Optional.ofNullable(cause.getMessage()).orElse("");
    return cause instanceof AuthenticationException || message.contains(UNAUTHORIZED);
  }
}
