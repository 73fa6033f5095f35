// Measures contestants: equal answers first, then one process for each round and contestant.
import { isDeepStrictEqual } from 'node:util';
import { FunctionProcess } from './function-process.mjs';
import { answer, SCREENS } from './screens.mjs';
import { percentile } from './statistics.mjs';

const FIRST = 50;

/**
 * Fails unless all contestants answer all screens equally. A flight may depart between the answers of two contestants,
 * which changes its status, so a difference must appear twice.
 */
export async function compareAnswers(contestants, setting, events) {
  const difference =
    (await differenceOf(contestants, setting, events)) && (await differenceOf(contestants, setting, events));
  if (difference) {
    throw new Error(difference);
  }
}

async function differenceOf(contestants, setting, events) {
  let expected;
  for (const contestant of contestants) {
    const answers = await answersOf(contestant, setting, events);
    expected ??= answers;
    for (const screen of SCREENS) {
      if (!isDeepStrictEqual(answers[screen], expected[screen])) {
        return (
          `${contestant.name} answers ${screen} differently from ${contestants[0].name}:\n` +
          `${JSON.stringify(answers[screen])}\n${JSON.stringify(expected[screen])}`
        );
      }
    }
  }
  return undefined;
}

async function answersOf(contestant, setting, events) {
  const process = await FunctionProcess.start(contestant, setting);
  try {
    await process.ready();
    const answers = {};
    for (const screen of SCREENS) {
      answers[screen] = answer((await process.invoke(events[screen])).body);
    }
    return answers;
  } finally {
    await process.stop();
  }
}

/** One round of one contestant, from the start of its process. Times are in milliseconds. */
export async function measure(contestant, setting, events, requests) {
  const process = await FunctionProcess.start(contestant, setting);
  try {
    await process.ready();
    const init = performance.now() - process.startedAt;
    const initCpu = process.cpuMillis();
    const first = await process.invoke(events.Home);
    const cold = performance.now() - process.startedAt;
    const coldCpu = process.cpuMillis();
    const coldMemory = process.peakMemory();
    const early = await repeat(process, events.Home, FIRST);
    for (let sent = 0; sent < requests; sent += SCREENS.length) {
      for (const screen of SCREENS) {
        await process.invoke(events[screen]);
      }
    }
    const warm = {};
    for (const screen of SCREENS) {
      warm[screen] = await repeat(process, events[screen], Math.ceil(requests / 6));
    }
    return { init, initCpu, cold, coldCpu, coldMemory, first: first.millis, early, warm, memory: process.peakMemory() };
  } finally {
    await process.stop();
  }
}

/** Sends an event many times, one after the other. */
export async function repeat(process, event, count) {
  const times = [];
  const cpu = process.cpuMillis();
  for (let sent = 0; sent < count; sent++) {
    times.push((await process.invoke(event)).millis);
  }
  times.sort((a, b) => a - b);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), cpu: (process.cpuMillis() - cpu) / count };
}
