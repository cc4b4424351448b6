import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '../../../test/support/answers.ts';
import { aCluster, storeFleet } from '../../../test/support/fleet.ts';
import { policyText } from '../../../test/support/judgement.ts';
import { pastEvaluation, storeEvaluation } from '../../../test/support/past-evaluations.ts';
import { type RemoteService, startRemoteService } from '../../../test/support/remote-service.ts';
import { personWith } from '../../../test/support/service.ts';
import { overridesHandlers } from '../../service/overrides.ts';

const of = { projectId: 'default', clusterId: 'cls-000000000001' };

let service: RemoteService;
let folder: string;
beforeAll(async () => {
  service = await startRemoteService();
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-policies-'));
  await storeFleet(service.ports.records, { clusters: [aCluster({ projectId: 'default', name: 'production' })] });
  const past = await pastEvaluation('20261127T110000Z-evl-0000000000000001', 'v1.36.3');
  await storeEvaluation(service.ports, past, of);
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

const file = async (spec: string): Promise<string> => {
  const path = join(folder, 'strict.yaml');
  await writeFile(path, policyText(spec).replace('name: test', 'name: strict'));
  return path;
};
const cli = (line: string, ...more: string[]) => service.cli([...line.split(' '), ...more]);
const checks = '  checks: {required: [path.minor-step]}\n';

it('a policy is stored, tried, activated, chosen and deleted', async () => {
  expect((await cli('policies list')).out).toMatch(/default +yes +always/);
  const bad = await cli('policies store', await file('  checks: {required: [path.gone, drain.gone]}\n'));
  expect(bad).toMatchObject({ exit: 2, err: expect.stringContaining('The policy is not valid (2 mistakes; this is the first): line 6') });
  expect(bad.err).toContain('/document: line 6, column 34: spec.checks.required[1]: there is no check "drain.gone"');

  expect((await cli('policies store', await file(checks))).out).toContain('Stored as version 1 of the policy strict. It decides once');
  expect((await cli('policies store', await file(checks))).out).toContain('It is version 1 already');
  const same = await cli('policies test strict');
  expect(same).toMatchObject({ exit: 0, out: expect.stringContaining('No verdict of 1 would be another.') });
  const stricter = `${checks}  validations: [{id: never, expression: 'false', message: not this year}]\n`;
  const tried = await cli('policies test strict --cluster production --file', await file(stricter));
  expect(tried).toMatchObject({ exit: 1, out: expect.stringContaining('rule.never is new and fails') });

  expect((await cli('policies store --activate', await file(stricter))).out).toContain(
    'Stored as version 2 of the policy strict; it decides from now on.',
  );
  expect((await cli('policies activate strict 1')).out).toMatch(/active +1/);
  expect((await cli('policies show strict')).out).toMatch(/version +stored[\s\S]*\n +2 +/);
  expect((await cli('policies show strict --at 2 --document')).out).toContain('message: not this year');
  expect((await cli('policies show default --document')).out).toContain('name: default');

  expect((await cli('clusters update production --policy strict')).out).toMatch(/gate policy +strict/);
  expect(await cli('policies delete strict')).toMatchObject({ exit: 2, err: expect.stringContaining('decides for production') });
  expect((await cli('clusters update production --no-policy')).out).not.toContain('gate policy');
  expect(await cli('projects update default --policy none')).toMatchObject({
    exit: 2,
    err: expect.stringContaining('There is no policy "none"'),
  });
  expect((await cli('policies delete strict')).out).toBe('The policy strict is deleted.\n');
});

it('an override is asked for, approved by somebody else, listed and ended', async () => {
  const reason = 'the budget is handled by hand';
  const asked = await cli('overrides request production --to 1.36.3 --hours 8 --json --reason', reason);
  const { id } = JSON.parse(asked.out) as { id: string };
  expect(await cli(`overrides approve ${id} --reason seen`)).toMatchObject({
    exit: 2,
    err: expect.stringContaining('another person must'),
  });
  // there is one person on this machine; another one comes from elsewhere
  const caller = personWith({ tenant: ['*'] }, 'usr-00000000000b');
  const decide = overridesHandlers(service.ports)['overrides.decide'];
  const body = { decision: 'approve' as const, reason: 'seen' };
  must(await decide({ params: { projectId: 'default', overrideId: id }, query: undefined, body, caller, requestId: 'r' }));
  expect((await cli('overrides list --state approved')).out).toMatch(new RegExp(`${id} +approved +production +v1\\.36\\.3`));
  expect((await cli(`overrides show ${id}`)).out).toContain(reason);
  expect((await cli(`overrides withdraw ${id}`)).out).toMatch(/state +withdrawn/);
  expect(await cli('overrides request production --to newest --reason', reason)).toMatchObject({ exit: 2 });
});
