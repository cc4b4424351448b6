import { describe, expect, it } from 'vitest';
import { isFinal } from '../../lib/fleet/scan.ts';
import { must } from '../support/answers.ts';
import { kills, type Prepared, prepare, run, stateOf } from '../support/killing.ts';
import { clusterId, openScanService, until } from '../support/scan-service.ts';
import { wayOf } from '../support/scan-ways.ts';

/** Opens the folder again as the next start would, and answers what is there once the scan has ended. */
const afterwards = async (prepared: Prepared) => {
  const { folder, id } = prepared;
  const service = await openScanService(folder, wayOf('completed'));
  try {
    service.engine.resume();
    await until(`the end of ${id}`, async () =>
      isFinal(must(await service.records.scans.need({ clusterId, name: id })).value.state) ? true : undefined,
    );
    await until('the end of its run', async () => (service.engine.describe(id)?.state === 'succeeded' ? true : undefined));
    const { scan, chain, problem, lane, running } = await stateOf(service, prepared);
    return {
      state: scan.state,
      reason: scan.reason,
      files: scan.artefacts.length,
      chain,
      problem,
      lane,
      running,
      published: service.published,
    };
  } finally {
    await service.close();
  }
};

describe('a scan whose process is killed (SIGKILL)', () => {
  it('at every single thing it writes, goes on at the next start and ends once, whole and sealed', async () => {
    const writes = await run(await prepare(), 0, 'never');
    // every step of the run writes: the record, the lane, every file, the place in the chain, the event
    expect(writes).toEqual(
      expect.arrayContaining([
        'record LANE',
        'record CHAIN',
        'record SCAN',
        'object facts.json.gz',
        'object report.json',
        'object manifest.json',
        'event scan.completed',
      ]),
    );
    for (const { what, at, when } of kills(writes)) {
      const prepared = await prepare();
      const { id } = prepared;
      const written = await run(prepared, at, when);
      const place = `killed ${when} ${what} (${at})`;
      expect(written, place).toHaveLength(at);
      const { published, ...state } = await afterwards(prepared);
      expect(state, place).toEqual({
        state: 'completed',
        reason: undefined,
        files: 8,
        chain: [id],
        problem: null,
        lane: undefined,
        running: [],
      });
      // at least once: what was told, or was about to be, before the kill may be told again, under the same id
      expect(
        published.every((event) => [`${id}-started`, `${id}-completed`].includes(event.id)),
        place,
      ).toBe(true);
      const told = [...written.slice(0, when === 'after' ? at : at - 1), ...published.map(({ type }) => `event ${type}`)];
      expect(told, place).toEqual(expect.arrayContaining(['event scan.started', 'event scan.completed']));
    }
  }, 300_000);
});
