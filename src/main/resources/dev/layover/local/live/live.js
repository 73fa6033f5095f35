// The page /live: the screens AirportBoardLive, FlightLive and SeatMapLive, in a phone each. /live?staff is the desk of the gate staff.
import { showBoard } from "/live/board.js";
import { connect } from "/live/connection.js";
import { showDesk } from "/live/desk.js";
import { showSeats } from "/live/seats.js";

const options = new URLSearchParams(location.search);
const isStaff = options.has("staff");
const client = connect(isStaff ? "staff-1" : (options.get("traveller") ?? "traveller-1"));

if (isStaff) {
  document.title = "Staff desk";
  const other = document.getElementById("other");
  other.href = "/live";
  other.textContent = "Open the phones";
  showDesk(client, options.get("airport"));
} else {
  const seats = showSeats(client);
  showBoard(client, options.get("airport"), seats.open);
}
