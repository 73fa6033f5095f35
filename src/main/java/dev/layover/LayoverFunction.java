package dev.layover;

import dev.screenful.lambda.LambdaFunction;
import java.security.SecureRandom;

/** The Lambda function of {@code template.yaml}. */
public final class LayoverFunction extends LambdaFunction {

  /** Created by Lambda. */
  public LayoverFunction() {
    super((clock, bucket) -> new Layover(clock, new SecureRandom(), bucket));
  }

  /** Starts the function on a custom runtime. */
  public static void main(String[] none) {
    start(LayoverFunction::new);
  }
}
