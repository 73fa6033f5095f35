// The desk of the gate staff: the board, with the mutation UpdateFlight for each flight.
import { flightsOf, readBoard } from "/live/board.js";
import { example, send, watch } from "/live/connection.js";
import { copy, list, show, showStatus, subtitle, time } from "/live/view.js";

/** Shows the departures of an airport with their gates and delays as inputs. */
export async function showDesk(client, airport) {
  const desk = copy("desk");
  document.querySelector("main").append(desk);
  const code = airport ?? example("AirportBoardLive").airport;
  const board = await readBoard(client, code);
  if (!board) return;
  desk.querySelector(".sub").textContent = `${board.airport.code} · ${board.airport.name}`;
  const update = list(desk.querySelector(".flights"), (flight) => row(client, flight, board.airport.timezone));
  update(flightsOf(board));
  watch(client, "AirportBoardLive", { ...example("AirportBoardLive"), airport: code }, (live) => update(flightsOf(live)));
}

function row(client, flight, timeZone) {
  const { id, number, destination } = flight;
  const element = copy("desk-flight");
  element.dataset.flight = id;
  const form = element.querySelector("form");
  const part = (name) => element.querySelector(`.${name}`);
  part("city").textContent = destination?.city ?? destination?.name ?? "";
  part("number").textContent = subtitle(flight, timeZone);
  form.gate.setAttribute("aria-label", `Gate of ${number}`);
  form.delayMinutes.setAttribute("aria-label", `Delay of ${number} in minutes`);
  form.gate.addEventListener("input", () => (form.gate.value = form.gate.value.toUpperCase()));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    await send(client, "UpdateFlight", {
      flightId: id,
      gate: form.gate.value || null,
      delayMinutes: form.delayMinutes.valueAsNumber,
    });
    button.disabled = false;
  });
  const update = (flight) => {
    show(part("time"), time(flight.expectedAt, timeZone));
    showStatus(part("status"), flight);
    set(form.gate, flight.gate ?? "");
    set(form.delayMinutes, String(flight.delayMinutes));
  };
  return { element, update };
}

/** Shows a value from the server, unless the input has been edited since the last one. */
function set(input, value) {
  if (input.value === input.defaultValue) input.value = value;
  input.defaultValue = value;
}
