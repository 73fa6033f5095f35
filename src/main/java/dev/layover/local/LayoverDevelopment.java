package dev.layover.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.layover.Layover;
import dev.layover.LayoverFunction;
import dev.screenful.App;
import dev.screenful.local.Commands;
import dev.screenful.local.DevelopmentApp;
import dev.screenful.local.DevelopmentIdentity;
import dev.screenful.local.LocalS3;
import dev.screenful.store.Table;
import dev.screenful.upload.Bucket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Layover for development: its users and its sample data. */
public final class LayoverDevelopment implements DevelopmentApp {

  /**
   * Runs a command, see {@link Commands#run}.
   *
   * @param arguments the command and its arguments
   */
  public static void main(String[] arguments) throws InterruptedException {
    Commands.run(new LayoverDevelopment(), arguments);
  }

  @Override
  public String name() {
    return "Layover";
  }

  @Override
  public Class<? extends RequestStreamHandler> function() {
    return LayoverFunction.class;
  }

  @Override
  public App app(Clock clock, RandomGenerator random, Bucket bucket) {
    return new Layover(clock, random, bucket);
  }

  @Override
  public List<DevelopmentIdentity> identities() {
    return List.of(
        new DevelopmentIdentity("traveller-1", "First traveller", Set.of()),
        new DevelopmentIdentity("traveller-2", "Second traveller", Set.of()),
        new DevelopmentIdentity("staff-1", "Staff", Set.of("STAFF")));
  }

  /**
   * Loads airports, the flights of a week and the travellers' bookings.
   *
   * @param all also loads 20,000 more flights, for load tests
   */
  @Override
  public String load(Table table, Clock clock, boolean all) {
    return new SampleImport(table, clock).run(all, ProgressBar.onStandardOutput());
  }

  @Override
  public void upload(LocalS3 bucket) {
    SampleTravellers.upload(bucket);
  }

  @Override
  public Map<String, String> pages() {
    return Map.of("live", "departures and seats that change by themselves");
  }

  @Override
  public Map<String, String> examples(Table table, Clock clock) {
    return SampleTravellers.examples(table, clock);
  }
}
