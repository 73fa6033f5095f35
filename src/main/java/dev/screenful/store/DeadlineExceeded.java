package dev.screenful.store;

/**
 * The request's time was over before this was done. Of a write it is unknown whether it happened; a
 * repeat of the request finds out.
 */
public final class DeadlineExceeded extends RuntimeException {

  private static final long serialVersionUID = 1;

  public DeadlineExceeded() {
    super("The request's time was over.", null, false, false);
  }
}
