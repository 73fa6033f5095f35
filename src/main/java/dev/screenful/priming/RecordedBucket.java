package dev.screenful.priming;

import dev.screenful.upload.Bucket;
import dev.screenful.upload.Upload;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A bucket that contains every upload, and makes no calls. */
final class RecordedBucket implements Bucket {

  private final Bucket signing;

  RecordedBucket(InstantSource clock) {
    this.signing =
        Bucket.of(
            Map.of(
                "UPLOAD_BUCKET", "recorded",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "recorded",
                "AWS_SECRET_ACCESS_KEY", "recorded"),
            clock);
  }

  @Override
  public Put put(Upload upload) throws IOException {
    return signing.put(upload);
  }

  @Override
  public String url(String object) throws IOException {
    return signing.url(object);
  }

  @Override
  public boolean contains(Upload upload, Duration timeout) {
    return true;
  }

  @Override
  public void keep(String object, Duration timeout) {}
}
