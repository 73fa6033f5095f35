package dev.layover;

import dev.screenful.App;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.TableDefinition;
import dev.screenful.upload.Bucket;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/** The app Layover: its resolver classes and its table. */
public final class Layover implements App {

  private final Clock clock;
  private final RandomGenerator random;
  private final Bucket bucket;

  /**
   * The app.
   *
   * @param clock the current time, which decides whether a flight has left
   * @param random generates booking locators and the keys of pictures
   * @param bucket stores the pictures of travellers
   */
  public Layover(Clock clock, RandomGenerator random, Bucket bucket) {
    this.clock = clock;
    this.random = random;
    this.bucket = bucket;
  }

  @Override
  public List<Resolvers> resolvers() {
    return List.of(
        new AirportResolvers(),
        new FlightResolvers(clock),
        new TravellerResolvers(clock, random),
        new PictureResolvers(bucket, clock, random));
  }

  @Override
  public TableDefinition table() {
    return LayoverTable.DEFINITION;
  }
}
