// How the cost of a request grows: with the length of a list, and with the size of the table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FunctionProcess } from './function-process.mjs';
import { repeat } from './measure.mjs';
import { event, events, SCREENS } from './screens.mjs';
import { median } from './statistics.mjs';

const BLOCKS = 7;

/** Compares a list of 50 flights with a list of 5: medians of the time in milliseconds, and their ratios. */
export async function listGrowth(contestant, setting, requests) {
  const board = readFileSync(join(setting.folder, 'schema/screens/AirportBoard.graphql'), 'utf8');
  const { variables } = JSON.parse(JSON.parse(events(setting.folder).AirportBoard).body);
  const ofLength = length => event({ query: board.replace('first: 20', `first: ${length}`), variables });
  const process = await FunctionProcess.start(contestant, { ...setting, extra: { SAFELIST: 'open' } });
  try {
    return await interleaved([[process, ofLength(5)], [process, ofLength(50)]], requests);
  } finally {
    await process.stop();
  }
}

/** Compares each screen on a large table with the same screen on a small one. */
export async function tableGrowth(contestant, small, large, requests) {
  const processes = [await FunctionProcess.start(contestant, small), await FunctionProcess.start(contestant, large)];
  try {
    const screens = [small, large].map(({ folder, server }) => events(folder, server.token));
    for (const [index, process] of processes.entries()) {
      await repeat(process, screens[index].Home, requests);
    }
    const growth = {};
    for (const screen of SCREENS) {
      growth[screen] = await interleaved(processes.map((process, index) => [process, screens[index][screen]]), requests);
    }
    return growth;
  } finally {
    await Promise.all(processes.map(process => process.stop()));
  }
}

/** Sends each event in blocks, in turn, after a block of each to warm up. */
async function interleaved(pairs, requests) {
  const size = Math.ceil(requests / BLOCKS);
  const blocks = [];
  for (let block = 0; block <= BLOCKS; block++) {
    const measured = [];
    for (const [process, event] of pairs) {
      measured.push(await repeat(process, event, size));
    }
    blocks.push(measured);
  }
  const [few, many] = pairs.map((_, index) => medianOf(blocks.slice(1), measured => measured[index].p50));
  return {
    few,
    many,
    ratio: medianOf(blocks.slice(1), ([before, after]) => after.p50 / before.p50),
    cpuRatio: medianOf(blocks.slice(1), ([before, after]) => after.cpu / before.cpu),
  };
}

function medianOf(blocks, figure) {
  return median(blocks.map(figure));
}
