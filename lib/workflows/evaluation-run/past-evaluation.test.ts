import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { judgedBytes, pastEvaluation, realPolicy, storeEvaluation } from '../../../test/support/past-evaluations.ts';
import { createScanning, type Scanning } from '../../../test/support/scanning.ts';
import { runRulesHere } from '../../gate/policy/run-rules.ts';
import { pastEvaluationOf, readPastEvaluation, tryAgain, wasJudged } from './past-evaluation.ts';

const of = { projectId: 'default', clusterId: 'cls-000000000001' };
const id = '20261127T110000Z-evl-0000000000000001';

let service: Scanning;
beforeEach(async () => {
  service = await createScanning();
});
afterEach(() => service.close());

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

it('is what was judged and the answer, as they were stored', async () => {
  const past = await pastEvaluation(id, 'v1.36.3');
  const record = await storeEvaluation(service.ports, past, of);
  expect(wasJudged(record)).toBe(true);
  const read = must(await readPastEvaluation(service.ports.objects, record));
  expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(past)));
  expect(must(await tryAgain(realPolicy('  checks: {required: [health.nodes]}\n'), read, runRulesHere))).toMatchObject({ before: 'allow' });
});

it('may lie beside its answer in the same file, too', async () => {
  const past = await pastEvaluation(id, 'v1.36.3');
  expect(must(pastEvaluationOf(bytesOf(past.evaluation), gzipSync(JSON.stringify(past)))).tags).toEqual({ env: 'prod' });
});

it.each([
  ['not-found', 'a file that was never stored', { artefacts: [] }],
  ['not-found', 'a file that is gone', { key: 'projects/none' }],
  ['answer-invalid', 'other bytes than those that were stored', { sha256: '0'.repeat(64) }],
])('%s: %s', async (code, _, change) => {
  const record = await storeEvaluation(service.ports, await pastEvaluation(id, 'v1.36.3'), of);
  const artefacts = record.artefacts.map((one) => ({ ...one, ...change }));
  const changed = 'artefacts' in change ? { ...record, ...change } : { ...record, artefacts };
  expect(codeOf(await readPastEvaluation(service.ports.objects, changed as typeof record))).toBe(code);
});

it('is refused when the files are not what they should be, or do not belong together', async () => {
  const past = await pastEvaluation(id, 'v1.36.3');
  const answer = bytesOf(past.evaluation);
  const say = (judged: Uint8Array, of: Uint8Array = answer) => sayOf(pastEvaluationOf(of, judged));
  expect(say(judgedBytes(past))).toBe('');
  expect(say(judgedBytes(past), Buffer.from('{'))).toContain('is no evaluation of this version');
  expect(say(Buffer.from('no gzip'))).toContain('does not say what was judged');
  expect(say(gzipSync('{"facts":null}'))).toContain('does not say what was judged');
  const other = { ...past, facts: { ...past.facts, cluster: { ...past.facts.cluster, id: 'c-2' } } };
  expect(say(judgedBytes(other))).toContain('about another cluster');
});

it('fails, and does not throw, for facts that this version cannot read', async () => {
  const past = await pastEvaluation(id, 'v1.36.3');
  const broken = { ...past, facts: { ...past.facts, nodes: { read: true, value: 'none' } } } as never;
  const policy = realPolicy("  checks: {required: [path.*]}\n  validations: [{id: a, expression: 'true'}]\n");
  expect(sayOf(await tryAgain(policy, broken, runRulesHere))).toContain('another version of Gatehouse');
});

it('is not there for an evaluation that waits, broke, or has no files', async () => {
  const record = await storeEvaluation(service.ports, await pastEvaluation(id, 'v1.36.3'), of);
  expect(
    [{ state: 'queued' as const }, { verdict: 'error' as const }, { artefacts: [] }].map((change) => wasJudged({ ...record, ...change })),
  ).toEqual([false, false, false]);
});
