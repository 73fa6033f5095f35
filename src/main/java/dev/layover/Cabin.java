package dev.layover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The seats of an aircraft type.
 *
 * @param rows the number of rows, counted from 1
 * @param layout the seat letters of a row, with a space for the aisle, such as {@code "ABC DEF"}
 * @param exits the exit rows
 */
record Cabin(int rows, String layout, Set<Integer> exits) {

  /** The number of seats in the largest cabin. */
  static final int MAX_SEATS = 240;

  private static final Pattern SEAT = Pattern.compile("([1-9][0-9]?)([A-Z])");

  private static final Map<String, Cabin> BY_AIRCRAFT =
      Map.of(
          "Embraer 175", new Cabin(19, "AB CD", Set.of(10)),
          "Airbus A320", new Cabin(30, "ABC DEF", Set.of(11, 12)),
          "Boeing 757-200", new Cabin(39, "ABC DEF", Set.of(17, 27)));

  /** The position of a seat in its row; the names are those of the SDL. */
  enum Kind {
    WINDOW,
    MIDDLE,
    AISLE
  }

  /** A seat. */
  record Seat(String label, Kind kind) {}

  /** The cabin of an aircraft type in the data. */
  static Cabin of(String aircraft) {
    Cabin cabin = BY_AIRCRAFT.get(aircraft);
    if (cabin == null) {
      throw new IllegalStateException("The aircraft type " + aircraft + " has no cabin; add one.");
    }
    return cabin;
  }

  boolean hasSeat(String label) {
    var seat = SEAT.matcher(label);
    return seat.matches()
        && Integer.parseInt(seat.group(1)) <= rows
        && layout.contains(seat.group(2));
  }

  List<Seat> seats(int row) {
    List<Seat> seats = new ArrayList<>();
    for (int place = 0; place < layout.length(); place++) {
      if (layout.charAt(place) != ' ') {
        seats.add(new Seat(row + layout.substring(place, place + 1), kind(place)));
      }
    }
    return seats;
  }

  private Kind kind(int place) {
    if (place == 0 || place == layout.length() - 1) {
      return Kind.WINDOW;
    }
    return layout.charAt(place - 1) == ' ' || layout.charAt(place + 1) == ' '
        ? Kind.AISLE
        : Kind.MIDDLE;
  }

  /** The boarding group of a row; the back of the aircraft boards first. */
  static int boardingGroup(String label) {
    int row = Integer.parseInt(label.substring(0, label.length() - 1));
    return row > 20 ? 1 : row > 10 ? 2 : 3;
  }
}
