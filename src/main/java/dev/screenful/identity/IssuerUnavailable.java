package dev.screenful.identity;

/** The issuer's keys can't be had just now, so nothing can be said of a token. */
public final class IssuerUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  IssuerUnavailable(Throwable cause) {
    super("The issuer's keys can't be read: " + cause.getMessage(), cause);
  }
}
