// How the cost of a request grows: with the length of a list, and with the size of the table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FunctionProcess } from './function-process.mjs';
import { repeat } from './measure.mjs';
import { event, events, SCREENS } from './screens.mjs';
import { median } from './statistics.mjs';

const BLOCKS = 7;

/** The median time and CPU of a list of 50 flights, divided by those of a list of 5. */
export async function listGrowth(contestant, setting, requests) {
  const board = readFileSync(join(setting.folder, 'schema/screens/AirportBoard.graphql'), 'utf8');
  const { variables } = JSON.parse(JSON.parse(events(setting.folder).AirportBoard).body);
  const ofLength = length => event({ query: board.replace('first: 20', `first: ${length}`), variables });
  const process = await FunctionProcess.start(contestant, { ...setting, extra: { SAFELIST: 'open' } });
  try {
    const [few, many] = await interleaved([[process, ofLength(5)], [process, ofLength(50)]], requests);
    return { few, many };
  } finally {
    await process.stop();
  }
}

/** For each screen, the medians with a small and with a large table. */
export async function tableGrowth(contestant, small, large, requests) {
  const processes = [await FunctionProcess.start(contestant, small), await FunctionProcess.start(contestant, large)];
  try {
    const growth = {};
    for (const screen of SCREENS) {
      const [few, many] = await interleaved(
        [small, large].map(({ folder, server }, index) => [processes[index], events(folder, server.token)[screen]]),
        requests,
      );
      growth[screen] = { few, many };
    }
    return growth;
  } finally {
    await Promise.all(processes.map(process => process.stop()));
  }
}

/** Sends each event in blocks, in turn, after one block each to warm up. */
async function interleaved(pairs, requests) {
  const size = Math.ceil(requests / BLOCKS);
  const blocks = pairs.map(() => []);
  for (let block = 0; block <= BLOCKS; block++) {
    for (const [index, [process, event]] of pairs.entries()) {
      const measured = await repeat(process, event, size);
      if (block > 0) {
        blocks[index].push(measured);
      }
    }
  }
  return blocks.map(measured => ({ p50: median(measured.map(({ p50 }) => p50)), cpu: median(measured.map(({ cpu }) => cpu)) }));
}
