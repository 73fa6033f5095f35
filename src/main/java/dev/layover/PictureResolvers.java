package dev.layover;

import dev.screenful.resolver.Call;
import dev.screenful.resolver.Fields;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Transaction;
import dev.screenful.upload.Bucket;
import dev.screenful.upload.Upload;
import dev.screenful.upload.Uploads;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Resolvers for the pictures of travellers, which the phone sends to S3. */
final class PictureResolvers implements Resolvers {

  private static final Set<String> CONTENT_TYPES =
      Set.of("image/heic", "image/jpeg", "image/png", "image/webp");

  private static final int MAX_BYTES = 10_000_000;

  private final Uploads pictures;

  PictureResolvers(Bucket bucket, InstantSource clock, RandomGenerator random) {
    this.pictures = new Uploads(bucket, CONTENT_TYPES, MAX_BYTES, clock, random);
  }

  @Override
  public void register(Fields fields) {
    fields.attributes("CreatePictureUploadPayload", Uploads.PAYLOAD);
    fields.attributes("UploadHeader", Uploads.HEADER);
    fields.attributes("SetPicturePayload", List.of("traveller"));
    fields.attributes("Picture", Travellers.PICTURE);
    fields.on("Traveller", "picture", call -> caller(call).picture(call.selection()));
    fields.on("Picture", "url", call -> pictures.url(call, call.source().text("object")), "object");
    fields.mutation("createPictureUpload", pictures::create);
    fields.mutation("setPicture", this::set);
  }

  private Map<String, ?> set(Call call, Transaction transaction) {
    Upload picture = pictures.confirm(call, call.input().text("uploadId"));
    caller(call).setPicture(transaction, picture);
    return Map.of("traveller", Travellers.traveller(call.signedIn()));
  }

  private static Travellers caller(Call call) {
    return new Travellers(call.store(), call.signedIn().id());
  }
}
