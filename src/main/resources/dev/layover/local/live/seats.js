// A flight with its seats: the screens FlightDetail and SeatMap, for what does not change, FlightLive and SeatMapLive.
import { example, message, screen, send, watch } from "/live/connection.js";
import { announce, copy, highlight, say, show, showStatus, time } from "/live/view.js";

/** Shows the seats of a flight in a phone: of the example's flight, until another one is opened. */
export function showSeats(client) {
  const phone = copy("seats");
  document.querySelector("main").append(phone);
  const part = (name) => phone.querySelector(`.${name}`);
  const book = part("book");
  let ends = [];
  let flightId;
  let chosen;

  const choose = (seat) => {
    chosen?.button.setAttribute("aria-pressed", "false");
    chosen = seat;
    chosen?.button.setAttribute("aria-pressed", "true");
    book.disabled = !chosen;
    book.textContent = chosen ? `Book seat ${chosen.label}` : "Choose a seat";
  };

  const open = async (id, isTapped = true) => {
    flightId = id;
    let flight, seatMap;
    try {
      [flight, seatMap] = await Promise.all([
        client.query({ query: screen("FlightDetail"), variables: { id }, fetchPolicy: "network-only" }).then(({ data }) => data.flight),
        client.query({ query: screen("SeatMap"), variables: { flightId: id }, fetchPolicy: "network-only" }).then(({ data }) => data.seatMap),
      ]);
    } catch (error) {
      say(message(error));
      return;
    }
    if (id !== flightId) return; // another one was opened meanwhile
    ends.forEach((end) => end());
    choose(undefined);
    for (const name of ["time", "gate", "status", "free"]) part(name).textContent = "";
    phone.dataset.flight = id;
    if (isTapped) phone.scrollIntoView({ block: "nearest", behavior: "smooth" }); // it may be below the board
    phone.querySelector("h2").textContent = `${flight.origin.code} → ${flight.destination.code}`;
    part("sub").textContent = `${flight.number} · ${flight.destination.city ?? flight.destination.name} · ${flight.aircraft}`;

    const showFlight = (state) => {
      show(part("time"), time(state.expectedAt, flight.origin.timezone));
      show(part("gate"), state.gate ?? "–");
      showStatus(part("status"), state);
    };
    const seats = cabin(part("cabin"), seatMap, (seat) => choose(seat === chosen ? undefined : seat));
    const showTaken = (live) => {
      show(part("free"), String(live.free));
      for (const { label, taken, mine } of live.rows.flatMap((row) => row.seats)) seats.get(label)?.update(taken, mine);
      if (chosen?.isTaken) choose(undefined); // by the caller, or by another one
    };
    showFlight(flight);
    showTaken(seatMap);
    ends = [
      watch(client, "FlightLive", { id }, (data) => showFlight(data.flight)),
      watch(client, "SeatMapLive", { flightId: id }, (data) => showTaken(data.seatMap)),
    ];
  };

  book.addEventListener("click", async () => {
    book.disabled = true;
    await send(client, "BookSeat", { flightId, seat: chosen.label }); // the live screen then shows it as booked
    book.disabled = !chosen;
  });

  open(example("SeatMapLive").flightId, false);
  return { open };
}

/** Shows all rows of a cabin. Returns the seats by their labels. */
function cabin(element, { rows }, onChoose) {
  const seats = new Map();
  element.replaceChildren(
    ...rows.map((row) => {
      const line = document.createElement("div");
      line.className = row.exit ? "row exit" : "row";
      row.seats.forEach((seat, index) => {
        const isAtAisle = seat.kind === "AISLE" && row.seats[index - 1]?.kind === "AISLE";
        if (isAtAisle) line.append(aisle(row.number));
        const created = createSeat(seat, onChoose);
        seats.set(seat.label, created);
        line.append(created.button);
      });
      return line;
    }),
  );
  return seats;
}

function aisle(number) {
  const element = document.createElement("span");
  element.className = "aisle";
  element.textContent = number;
  return element;
}

function createSeat({ label, kind }, onChoose) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label.replace(/\d+/, "");
  button.setAttribute("aria-pressed", "false");
  const seat = { label, button, isTaken: undefined, update };
  button.addEventListener("click", () => onChoose(seat));

  function update(taken, mine) {
    const isChange = seat.isTaken !== undefined && seat.isTaken !== taken;
    const state = mine ? "mine" : taken ? "taken" : "free";
    seat.isTaken = taken;
    button.className = `seat ${state}`;
    button.disabled = taken;
    button.setAttribute("aria-label", `${label}, ${kind.toLowerCase()}, ${mine ? "yours" : state}`);
    if (isChange) {
      highlight(button);
      announce(`Seat ${label} is ${mine ? "yours" : state}`);
    }
  }
  return seat;
}
