package dev.layover.local;

import java.time.Duration;
import java.util.List;

/**
 * Details that the real data lacks, such as airlines and gates. They are invented by fixed rules,
 * so a flight always gets the same details; {@code docs/sample-data.md} lists the rules.
 */
final class InventedDetails {

  /** A fictional airline. */
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

  /** The airline of a route, always the same one. */
  static Airline airline(String origin, String destination) {
    return AIRLINES.get(Math.floorMod((origin + destination).hashCode(), AIRLINES.size()));
  }

  /** The aircraft for a distance: larger for longer flights. */
  static String aircraft(int miles) {
    return miles < 600 ? "Embraer 175" : miles < 1600 ? "Airbus A320" : "Boeing 757-200";
  }

  /** The duration: half an hour for take-off and landing, plus a minute for every eight miles. */
  static Duration duration(int miles) {
    return Duration.ofMinutes(30 + miles / 8);
  }

  /** The gate: a letter from A to E and a number from 1 to 40. */
  static String gate(String origin, int number) {
    int hash = Math.floorMod((origin + number).hashCode(), 200);
    return "ABCDE".charAt(hash / 40) + Integer.toString(hash % 40 + 1);
  }
}
