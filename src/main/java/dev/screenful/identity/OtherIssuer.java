package dev.screenful.identity;

import com.nimbusds.jose.KeySourceException;

/** Thrown if the OpenID configuration names another issuer than the setting. */
final class OtherIssuer extends KeySourceException {

  private static final long serialVersionUID = 1;

  OtherIssuer(String message) {
    super(message);
  }
}
