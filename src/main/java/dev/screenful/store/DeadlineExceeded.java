package dev.screenful.store;

/**
 * The deadline of the request passed first. A write may have happened or not; repeat the request to
 * find out.
 */
public final class DeadlineExceeded extends RuntimeException {

  private static final long serialVersionUID = 1;

  public DeadlineExceeded() {
    super("The deadline of the request passed.", null, false, false);
  }
}
