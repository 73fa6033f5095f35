package dev.layover;

import dev.screenful.resolver.Call;
import dev.screenful.resolver.Fields;
import dev.screenful.resolver.Resolvers;
import java.util.List;
import java.util.Map;

/** Resolvers for airports. */
final class AirportResolvers implements Resolvers {

  /** The maximum number of airports in a list. */
  private static final int MAX_RESULTS = 50;

  @Override
  public void register(Fields fields) {
    fields.attributes("Airport", Airports.ATTRIBUTES);
    fields.attributes("NearbyAirport", List.of("airport", "distanceKm"));
    fields.node("Airport", "code", (code, call) -> Airports.key(code));
    fields.query("airport", call -> airports(call).byCode(call.text("code"), call.selection()));
    fields.query(
        "searchAirports",
        call -> airports(call).search(call.text("text"), first(call), call.selection()));
    fields.query("nearbyAirports", AirportResolvers::nearby);
  }

  private static List<Map<String, Object>> nearby(Call call) {
    return airports(call)
        .near(
            call.arguments().decimal("latitude"),
            call.arguments().decimal("longitude"),
            call.arguments().integer("radiusKm"),
            first(call),
            call.selection("airport"))
        .stream()
        .map(near -> Map.<String, Object>of("airport", near.airport(), "distanceKm", near.km()))
        .toList();
  }

  private static int first(Call call) {
    return Math.min(call.arguments().integer("first"), MAX_RESULTS);
  }

  private static Airports airports(Call call) {
    return new Airports(call.store());
  }
}
