import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { policyText } from '../../test/support/judgement.ts';
import { pastEvaluation } from '../../test/support/past-evaluations.ts';
import { runCli } from '../../test/support/run-cli.ts';
import { defaultPolicy } from '../gate/policy/built-in/default.ts';
import { evaluationsIn, saveEvaluation } from './evaluation-folder.ts';

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'gatehouse-policy-'));
});
afterAll(() => rm(base, { recursive: true }));

const file = async (name: string, spec: string): Promise<string> => {
  const path = join(base, name);
  await writeFile(path, policyText(spec));
  return path;
};
const noThirdPatch =
  '  checks: {required: [path.minor-step]}\n  validations: [{id: no-patch-3, expression: \'!object.target.endsWith(".3")\', message: not the third}]\n';

describe('gatehouse policy validate', () => {
  it('says that a policy is valid, and what is in it', async () => {
    const ran = await runCli(['policy', 'validate', await file('good.yaml', noThirdPatch)]);
    expect(ran).toMatchObject({
      exit: 0,
      err: '',
      out: expect.stringContaining('The policy test is valid: 0 scan demands, 1 rule, 0 windows'),
    });
    const json = await runCli(['policy', 'validate', join(base, 'good.yaml'), '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ isValid: true, name: 'test', errors: [] });
  });

  it('ends with 1 and names every mistake with its place', async () => {
    const bad = await file('bad.yaml', "  checks: {required: [path.gone]}\n  validations: [{id: a, expression: 'object.tget == 1'}]\n");
    const ran = await runCli(['policy', 'validate', bad]);
    expect(ran.exit).toBe(1);
    expect(ran.out).toContain('line 6, column 23: spec.checks.required[0]: there is no check "path.gone"');
    expect(ran.out).toContain('line 7, column 45: spec.validations[0].expression: No such key: tget\n  object.tget == 1\n         ^^^^');
    const json = await runCli(['policy', 'validate', bad, '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ isValid: false, errors: [{ at: 'line 6, column 23' }, { at: 'line 7, column 45' }] });
  });

  it('ends with 2 when there is no such file', async () =>
    expect(await runCli(['policy', 'validate', join(base, 'none.yaml')])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('does not exist'),
    }));
});

describe('gatehouse policy show', () => {
  it('prints a built-in document as it is', async () =>
    expect(await runCli(['policy', 'show', 'default'])).toEqual({ exit: 0, err: '', out: defaultPolicy }));
  it('names those there are', async () =>
    expect(await runCli(['policy', 'show', 'toString'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('there is live-facts, default'),
    }));
});

describe('gatehouse policy test', () => {
  let evaluations: string;
  beforeAll(async () => {
    evaluations = join(base, 'evaluations');
    for (const [id, target] of [
      ['evl-1', 'v1.36.3'],
      ['evl-2', 'v1.38.0'],
    ] as const)
      must(await saveEvaluation(evaluations, await pastEvaluation(id, target), ['json', 'csv']));
  });
  const tried = async (policy: string, ...more: string[]) => runCli(['policy', 'test', policy, '--evaluations', evaluations, ...more]);

  it('reads what the gate wrote, and says whose verdict would have been another', async () => {
    const ran = await tried(await file('third.yaml', noThirdPatch));
    expect(ran).toMatchObject({ exit: 1, err: '' });
    expect(ran.out).toMatch(/evl-1 +prod-eu +v1\.36\.3 +allow +deny/);
    expect(ran.out).toContain('rule.no-patch-3 is new and fails: not the third.');
    expect(ran.out).toMatch(/evl-2 +prod-eu +v1\.38\.0 +deny +deny/);
    expect(ran.out).toContain('1 of 2 verdicts would be another.');
    const json = JSON.parse((await tried(join(base, 'third.yaml'), '--json')).out);
    expect(json.items).toHaveLength(2);
  });

  it('ends with 0 when every verdict would have been the same', async () =>
    expect(await tried(await file('same.yaml', '  checks: {required: [path.minor-step]}\n'))).toMatchObject({
      exit: 0,
      out: expect.stringContaining('No verdict of 2 would be another.'),
    }));

  it('takes a built-in policy, and the folder of one evaluation', async () => {
    const ran = await runCli(['policy', 'test', 'live-facts', '--evaluations', join(evaluations, 'evl-1')]);
    expect([ran.exit, ran.out]).toEqual([1, expect.stringContaining('more; --json names all of them')]);
  });

  it('says who a policy is not about', async () => {
    const ran = await tried(await file('other.yaml', '  match: {clusters: [test-*]}\n  checks: {required: [path.*]}\n'));
    expect(ran).toMatchObject({ exit: 0, out: expect.stringMatching(/evl-1 .* allow +not-concerned/) });
  });

  it('passes over nothing in silence', async () => {
    const elsewhere = join(base, 'old');
    const past = await pastEvaluation('evl-3', 'v1.36.3');
    must(await saveEvaluation(elsewhere, past, ['json']));
    await rm(join(elsewhere, 'evl-3', 'judged.json.gz'));
    const policy = await file('any.yaml', noThirdPatch);
    const run = () => runCli(['policy', 'test', policy, '--evaluations', elsewhere]);
    expect(await run()).toMatchObject({ exit: 2, err: expect.stringContaining('has no judged.json.gz') });
    await writeFile(join(elsewhere, 'evl-3', 'judged.json.gz'), 'none');
    expect(await run()).toMatchObject({ exit: 2, err: expect.stringContaining('does not say what was judged') });
    expect(await runCli(['policy', 'test', policy, '--evaluations', join(base, 'none')])).toMatchObject({ exit: 2 });
    expect(await runCli(['policy', 'test', policy, '--evaluations', await mkdtemp(join(base, 'empty-'))])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('There is no evaluation in'),
    });
  });

  it('what was judged stands beside the JSON, and only there', async () => {
    const out = join(base, 'formats');
    const past = await pastEvaluation('evl-4', 'v1.36.3');
    expect(must(await saveEvaluation(out, past, ['csv']))).toEqual([join(out, 'evl-4', 'evaluation.csv')]);
    const all = join(base, 'all');
    expect(must(await saveEvaluation(all, past, ['json']))).toEqual(
      ['evaluation.json', 'judged.json.gz'].map((name) => join(all, 'evl-4', name)),
    );
    for await (const one of evaluationsIn(all)) expect(must(one).tags).toEqual({ env: 'prod' });
  });
});
