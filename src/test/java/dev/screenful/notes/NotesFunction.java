package dev.screenful.notes;

import dev.screenful.lambda.LambdaFunction;

/** The Lambda function of Notes. */
public final class NotesFunction extends LambdaFunction {

  /** Created by Lambda. */
  public NotesFunction() {
    super((clock, bucket) -> new Notes(clock));
  }
}
