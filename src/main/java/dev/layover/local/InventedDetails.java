package dev.layover.local;

import java.time.Duration;
import java.util.List;

/**
 * What the real data does not have and an app has to show. All of it is made up, by rules that give
 * the same flight the same answers always; {@code docs/sample-data.md} lists them.
 */
final class InventedDetails {

  /** An airline that does not exist. */
  record Airline(String code, String name) {}

  static final List<Airline> AIRLINES =
      List.of(
          new Airline("CQ", "Cloudline"),
          new Airline("NQ", "Northlight"),
          new Airline("PQ", "Prairie Wing"),
          new Airline("RQ", "Redwood Air"),
          new Airline("TQ", "Tidewater"),
          new Airline("VQ", "Vista Skyways"));

  private InventedDetails() {}

  /** A route is always flown by the same airline. */
  static Airline airline(String origin, String destination) {
    return AIRLINES.get(Math.floorMod((origin + destination).hashCode(), AIRLINES.size()));
  }

  /** The longer the way, the larger the aircraft. */
  static String aircraft(int miles) {
    return miles < 600 ? "Embraer 175" : miles < 1600 ? "Airbus A320" : "Boeing 757-200";
  }

  /** Half an hour for taking off and landing, and eight miles a minute in between. */
  static Duration duration(int miles) {
    return Duration.ofMinutes(30 + miles / 8);
  }

  /** A letter from A to E and a number from 1 to 40. */
  static String gate(String origin, int number) {
    int hash = Math.floorMod((origin + number).hashCode(), 200);
    return "ABCDE".charAt(hash / 40) + Integer.toString(hash % 40 + 1);
  }
}
