package dev.screenful.identity;

/** Thrown if the issuer's keys can't be read, so that a token can't be verified at the moment. */
public final class IssuerUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  public IssuerUnavailable(Throwable cause) {
    super("The issuer's keys can't be read.", cause);
  }
}
