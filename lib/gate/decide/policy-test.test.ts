import { expect, it } from 'vitest';
import { facts, judgementOf, policyOf } from '../../../test/support/judgement.ts';
import { gateChecks } from '../checks/index.ts';
import { builtInPolicy } from '../policy/built-in/index.ts';
import { runRulesHere } from '../policy/run-rules.ts';
import { couldNotEvaluate, evaluate } from './evaluate.ts';
import { policyTest } from './policy-test.ts';

const ids = gateChecks.map(({ id }) => id);
const { checked: _, ...question } = judgementOf({ policy: policyOf('  checks: {required: [path.minor-step]}\n', ids), target: 'v1.36.3' });
const past = async (target: string) => ({
  evaluation: await evaluate({ ...question, target }, runRulesHere),
  facts,
  scans: [],
  waivers: [],
  overrides: [],
  tags: { env: 'prod' },
});

it('says whose verdict another policy changes, and why', async () => {
  const stored = [await past('v1.36.3'), await past('v1.38.0')];
  expect(stored.map(({ evaluation }) => evaluation.verdict)).toEqual(['allow', 'deny']);
  const stricter = policyOf(
    '  checks: {required: [path.minor-step]}\n  validations: [{id: no-patch-3, expression: \'!object.target.endsWith(".3")\', message: not the third}]\n',
    ids,
  );
  const tried = await policyTest(stricter, stored, runRulesHere);
  expect(tried.map(({ before, after, changes }) => [before, after, changes])).toEqual([
    ['allow', 'deny', true],
    ['deny', 'deny', false],
  ]);
  expect(tried[0]?.why).toEqual([
    'The verdict is deny now and was allow.',
    'The policy test was changed.',
    'rule.no-patch-3 is new and fails: not the third.',
  ]);
});

it('leaves out clusters that the policy is not about', async () => {
  const other = policyOf('  match: {tags: {env: test}}\n  checks: {required: [path.minor-step]}\n', ids);
  expect(await policyTest(other, [await past('v1.36.3')], runRulesHere)).toMatchObject([{ after: 'not-concerned', changes: false }]);
});

it.each([
  ['a target that is no version', { target: 'newest' }],
  ['a policy for other clusters', { policy: policyOf('  match: {clusters: [test-*]}\n  checks: {required: [path.minor-step]}\n', ids) }],
])('what cannot be evaluated is an error: %s', async (_name, change) => {
  const { verdict, allowed, checks } = await evaluate({ ...question, ...change }, runRulesHere);
  expect([verdict, allowed, checks]).toEqual(['error', false, []]);
});

it('says why nothing could be evaluated', () => {
  const answer = couldNotEvaluate(
    { ...question, cluster: facts.cluster, policy: { name: 'default', sha256: builtInPolicy('default').sha256 } },
    { say: 'The cluster cannot be reached.' },
  );
  expect([answer.verdict, answer.summary]).toEqual(['error', 'Not evaluated (v1.35.4 to v1.36.3). The cluster cannot be reached.']);
});
