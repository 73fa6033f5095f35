// The departures of an airport: the screens AirportBoard, for the airport, and AirportBoardLive.
import { example, message, screen, watch } from "/live/connection.js";
import { announce, copy, list, say, show, showStatus, subtitle, time } from "/live/view.js";

/** Reads an airport's board once. Returns undefined if it can't be read, and shows the error. */
export async function readBoard(client, airport) {
  const variables = { ...example("AirportBoard"), airport };
  try {
    const { data } = await client.query({ query: screen("AirportBoard"), variables, fetchPolicy: "network-only" });
    return data;
  } catch (error) {
    say(message(error));
    return undefined;
  }
}

/** The flights of a board. */
export const flightsOf = ({ departures }) => departures.edges.map(({ node }) => node);

/** Shows the board in a phone. A tap on a flight opens it. */
export async function showBoard(client, airport, open) {
  const phone = copy("board");
  document.querySelector("main").prepend(phone);
  const form = phone.querySelector("form");
  let end = () => {};

  const load = async (code) => {
    const board = await readBoard(client, code);
    if (!board) return;
    end();
    form.code.value = board.airport.code;
    phone.querySelector("h2").textContent = board.airport.city ?? board.airport.name;
    phone.querySelector(".sub").textContent = board.airport.name;
    const rows = phone.querySelector(".flights");
    rows.replaceChildren();
    const update = list(rows, (flight) => row(flight, board.airport.timezone, open));
    update(flightsOf(board));
    end = watch(client, "AirportBoardLive", { ...example("AirportBoardLive"), airport: code }, (live) => update(flightsOf(live)));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    load(form.code.value.trim().toUpperCase());
  });
  form.code.addEventListener("input", () => form.code.value.trim().length === 3 && form.requestSubmit());
  await load(airport ?? example("AirportBoardLive").airport);
}

function row(flight, timeZone, open) {
  const { id, number, destination } = flight;
  const element = copy("flight");
  element.dataset.flight = id;
  const part = (name) => element.querySelector(`.${name}`);
  part("city").textContent = destination?.city ?? destination?.name ?? "";
  part("number").textContent = subtitle(flight, timeZone);
  element.querySelector("button").addEventListener("click", () => open(id));
  const update = (flight) => {
    const isLate = flight.expectedAt !== flight.departsAt;
    const news = [
      show(part("time"), time(flight.expectedAt, timeZone)),
      show(part("gate"), flight.gate ?? "–"),
      showStatus(part("status"), flight),
    ];
    part("scheduled").textContent = isLate ? time(flight.departsAt, timeZone) : "";
    if (news.includes(true)) {
      announce(`${number}: gate ${flight.gate ?? "not assigned"}, ${part("status").textContent}, ${part("time").textContent}`);
    }
  };
  return { element, update };
}
