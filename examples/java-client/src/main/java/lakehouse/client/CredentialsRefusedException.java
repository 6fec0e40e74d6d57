package lakehouse.client;

/** The service does not know the key, or no longer. */
public final class CredentialsRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CredentialsRefusedException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
