import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScanRun, ScanRuns, ScanStarter } from '../../lib/ports/scan-starter.ts';
import { codeOf, must, sayOf } from '../support/answers.ts';

export interface ScanRunsUnderTest {
  readonly starter: ScanStarter;
  /** What is known now. */
  runs(): ScanRuns;
  /** Runs that were begun so far, by name, with what each was given. */
  begun(): Promise<readonly { readonly name: string; readonly given: unknown }[]>;
  /** Lets the run of a name come to its end, and waits for that. Until then runs wait. */
  end(name: string): Promise<void>;
  close?(): Promise<void> | void;
}

const clusterId = 'cls-0123456789ab';
const other = { clusterId: 'cls-ba9876543210' };

/** What every ScanStarter holds, and every ScanRuns beside it. `make` is called once; every test uses a scan of its own. */
export const describeScanRuns = (name: string, make: () => Promise<ScanRunsUnderTest>): void => {
  let under: ScanRunsUnderTest;
  let run: ScanRun;
  const begun = async () => (await under.begun()).filter((one) => one.name.startsWith(run.scanId));
  const isAlive = (one: ScanRun) => under.runs().isAlive(one);
  beforeAll(async () => {
    under = await make();
  });
  afterAll(() => under?.close?.());
  beforeEach(() => {
    run = { projectId: 'default', clusterId, scanId: `20261127T233000Z-cfg-${randomBytes(8).toString('hex')}` };
  });

  describe(`scan starter: ${name}`, () => {
    it('starts the run that is named after the scan, with names only, and does not wait for its end', async () => {
      expect(must(await under.starter.start(run))).toBeUndefined();
      expect(await begun()).toEqual([{ name: run.scanId, given: run }]);
    });

    it('hands on nothing that it was not asked to', async () => {
      must(await under.starter.start({ ...run, kubeconfig: 'sesame' } as ScanRun));
      expect(await begun()).toEqual([{ name: run.scanId, given: run }]);
    });

    it('takes a start that is repeated for a success, and begins no second run', async () => {
      const { scanId, projectId } = run;
      for (const again of [run, { ...run }, { scanId, clusterId, projectId }]) must(await under.starter.start(again));
      expect(await begun()).toHaveLength(1);
    });

    it('begins one run, however many start it at once', async () => {
      const started = await Promise.all(Array.from({ length: 20 }, () => under.starter.start(run)));
      expect(started.map(codeOf)).toEqual(Array(20).fill('ok'));
      expect(await begun()).toHaveLength(1);
    });

    it('begins no run anew that has ended', async () => {
      must(await under.starter.start(run));
      await under.end(run.scanId);
      must(await under.starter.start(run));
      expect(await begun()).toHaveLength(1);
      expect(await isAlive(run)).toBe(false);
    });

    it('refuses a name that is taken by a run of something else, which stays as it was', async () => {
      must(await under.starter.start(run));
      const refused = await under.starter.start({ ...run, ...other });
      expect([codeOf(refused), sayOf(refused)]).toEqual(['conflict', expect.stringContaining(run.scanId)]);
      expect(await begun()).toEqual([{ name: run.scanId, given: run }]);
    });

    it('starts each try to seal a scan as a run of its own, once, also after the run of the scan has ended', async () => {
      must(await under.starter.start(run));
      await under.end(run.scanId);
      for (const seal of [0, 0, 1]) must(await under.starter.start({ ...run, seal }));
      expect((await begun()).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
        { name: run.scanId, given: run },
        { name: `${run.scanId}-seal-0`, given: { ...run, seal: 0 } },
        { name: `${run.scanId}-seal-1`, given: { ...run, seal: 1 } },
      ]);
      expect(codeOf(await under.starter.start({ ...run, ...other, seal: 1 }))).toBe('conflict');
    });
  });

  describe(`scan runs: ${name}`, () => {
    it('know a run that has not ended for alive, and one that has ended for dead', async () => {
      must(await under.starter.start(run));
      expect(await isAlive(run)).toBe(true);
      await under.end(run.scanId);
      expect(await isAlive(run)).toBe(false);
    });

    it('take none for alive that nobody has started', async () => {
      expect(await isAlive(run)).not.toBe(true);
    });

    it('take a scan that is being sealed for no scan that runs', async () => {
      must(await under.starter.start(run));
      await under.end(run.scanId);
      must(await under.starter.start({ ...run, seal: 0 }));
      expect(await isAlive(run)).toBe(false);
    });

    it('tell each of many in one round', async () => {
      const many = ['a', 'b', 'c', 'd', 'e'].map((letter) => ({ ...run, scanId: `${run.scanId.slice(0, -1)}${letter}` }));
      for (const one of many) must(await under.starter.start(one));
      for (const one of many.slice(3)) await under.end(one.scanId);
      const round = under.runs();
      expect(await Promise.all(many.map((one) => round.isAlive(one)))).toEqual([true, true, true, false, false]);
    });
  });
};
