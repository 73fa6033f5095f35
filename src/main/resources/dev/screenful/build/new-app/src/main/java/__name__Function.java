package {{package}};

import dev.screenful.lambda.LambdaFunction;
import java.security.SecureRandom;

/** The Lambda function of {@code template.yaml}. */
public final class {{name}}Function extends LambdaFunction {

  /** Created by Lambda. */
  public {{name}}Function() {
    super(clock -> new {{name}}App(clock, new SecureRandom()));
  }

  /** Starts the function on a custom runtime. */
  public static void main(String[] none) {
    start({{name}}Function::new);
  }
}
